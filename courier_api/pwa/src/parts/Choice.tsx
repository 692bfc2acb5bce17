/** One of several, each a large target. */
interface Asked {
  legend: string;
  chosen: { value: string };
  among: readonly (readonly [value: string, words: string])[];
}

export function Choice({ legend, chosen, among }: Asked) {
  return (
    <fieldset>
      <legend>{legend}</legend>
      {among.map(([value, words]) => (
        <label key={value} class="choice">
          <input
            type="radio"
            name={legend}
            value={value}
            checked={chosen.value === value}
            onChange={() => {
              chosen.value = value;
            }}
          />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  );
}
