/** Cash, wholly, with its change. */
import { useSignal } from "@preact/signals";
import { Amount } from "../parts/Amount.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { useSaving } from "../visit/step.tsx";
import { dong, say } from "../words/index.ts";
import { NOTES } from "./banknotes.ts";
import { type Bill, collect, total } from "./paying.ts";

/** What is offered to be pressed: the sum itself, and the notes it is likely paid with. */
const OFFERED = 4;

export function Cash({ visit_id, bills }: { visit_id: string; bills: Bill[] }) {
  const { wrong, busy, save } = useSaving();
  const due = total(bills);
  const tendered = useSignal(due);
  const change = tendered.value - due;

  async function keep(): Promise<string | null> {
    if (change < 0) return say("tooLittle");
    return (await collect(visit_id, bills, tendered.value)) ? null : say("noSlips");
  }

  return (
    <Form send={() => save(keep)}>
      <Amount
        label={say("tendered")}
        value={tendered.value}
        change={(amount) => {
          tendered.value = amount;
        }}
      />
      <div class="notes">
        {[due, ...NOTES.filter((note) => note > due).reverse()].slice(0, OFFERED).map((note) => (
          <button
            key={note}
            type="button"
            class="small"
            onClick={() => {
              tendered.value = note;
            }}
          >
            {dong(note)}
          </button>
        ))}
      </div>
      <p class="who">
        {say("change")}: {dong(Math.max(0, change))}
      </p>
      <Send wrong={wrong.value} busy={busy.value} word={say("collectCash", { n: dong(due) })} />
    </Form>
  );
}
