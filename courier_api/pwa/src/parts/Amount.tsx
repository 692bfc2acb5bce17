/** Đồng, typed: digits only, whatever stands between them. */

interface Asked {
  label: string;
  /** Đồng; 0: nothing is typed. */
  value: number;
  change: (amount: number) => void;
  /** What it means, in a few words. */
  lead?: string;
}

export function Amount({ label, value, change, lead }: Asked) {
  return (
    <label>
      {label}
      <input
        inputMode="numeric"
        value={value === 0 ? "" : String(value)}
        aria-describedby="wrong"
        onInput={(event) => change(numberIn(event.currentTarget.value))}
      />
      {lead && <span class="soft">{lead}</span>}
    </label>
  );
}

export const numberIn = (text: string): number => Number(text.replaceAll(/\D/g, "")) || 0;
