/** One of many: the phone's own list. */
interface Asked {
  label: string;
  value: string;
  change: (next: string) => void;
  children: (readonly [value: string, words: string])[];
}

export function Select({ label, value, change, children }: Asked) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => change(event.currentTarget.value)}>
        {children.map(([code, words]) => (
          <option key={code} value={code} selected={code === value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
