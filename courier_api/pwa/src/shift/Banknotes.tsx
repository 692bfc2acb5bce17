/** How many of each note: two large buttons, or typed; the sum below. */
import type { Signal } from "@preact/signals";
import { type Count, MOST, NOTES, sum } from "../fees/banknotes.ts";
import { numberIn } from "../parts/Amount.tsx";
import { dong, say } from "../words/index.ts";

export function Banknotes({ legend, lead, count }: { legend: string; lead: string; count: Signal<Count> }) {
  const put = (note: number, many: number) => {
    count.value = { ...count.value, [note]: Math.max(0, Math.min(MOST, many)) };
  };
  return (
    <fieldset class="banknotes">
      <legend>{legend}</legend>
      <p class="soft">{lead}</p>
      {NOTES.map((note) => {
        const many = count.value[note] ?? 0;
        const named = say("notesOf", { n: dong(note) });
        return (
          <div key={note} class="stepper">
            <span>{dong(note)}</span>
            <button type="button" aria-label={`${named} −1`} disabled={many === 0} onClick={() => put(note, many - 1)}>
              −
            </button>
            <input
              inputMode="numeric"
              aria-label={named}
              value={many === 0 ? "" : String(many)}
              placeholder="0"
              onInput={(event) => put(note, numberIn(event.currentTarget.value))}
            />
            <button type="button" aria-label={`${named} +1`} onClick={() => put(note, many + 1)}>
              +
            </button>
          </div>
        );
      })}
      <p class="who">
        {say("counted")}: <output>{dong(sum(count.value))}</output>
      </p>
    </fieldset>
  );
}
