/** A small number, by two large buttons. */

interface Asked {
  label: string;
  value: number;
  change: (next: number) => void;
}

const MOST = 200;

export function Stepper({ label, value, change }: Asked) {
  return (
    <div class="stepper">
      <span>{label}</span>
      <button
        type="button"
        aria-label={`${label} −1`}
        disabled={value === 0}
        onClick={() => change(Math.max(0, value - 1))}
      >
        −
      </button>
      <output>{value}</output>
      <button type="button" aria-label={`${label} +1`} onClick={() => change(Math.min(MOST, value + 1))}>
        +
      </button>
    </div>
  );
}
