/** What was opened and not handed over goes on under a new seal. */
import { useSignal } from "@preact/signals";
import { Field } from "../parts/Field.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { type StepProps, useSaving } from "../visit/step.tsx";
import { say } from "../words/index.ts";
import { reseal } from "./doing.ts";

export function Reseal({ here }: StepProps) {
  const { wrong, busy, save } = useSaving();
  const number = useSignal("");

  async function keep(): Promise<string | null> {
    if (number.value.trim() === "") return say("sealNumberFirst");
    await reseal(here, number.value.trim());
    return null;
  }

  if (here.view.opened.length === 0) return <p class="state">{say("sealed")}</p>;
  return (
    <Form send={() => save(keep)}>
      <p>{say("resealLead")}</p>
      <Field label={say("sealNumber")} value={number} maxLength={20} autocapitalize="characters" />
      <Send wrong={wrong.value} busy={busy.value} word={say("reseal")} />
    </Form>
  );
}
