import { useSignal } from "@preact/signals";
import { Field } from "../parts/Field.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { REFUSED } from "../scanning/label.ts";
import { Scanner } from "../scanning/Scanner.tsx";
import { judged } from "../scanning/stock.ts";
import { where } from "../where.ts";
import { say } from "../words/index.ts";
import { seal } from "./doing.ts";
import { type StepProps, useSaving } from "./step.tsx";

/** Papers become one sealed parcel, under a label set of the courier's own stock (F01). */
export function Seal({ here: { part, view } }: StepProps) {
  const { wrong, busy, save } = useSaving();
  // Read already, where the page was opened from.
  const label = useSignal((where.value.at === "step" && where.value.label) || "");
  const number = useSignal("");
  const scanning = useSignal(false);
  const papers = view.papers.filter((paper) => !paper.sealed).map((paper) => paper.id);

  async function refusal(): Promise<string | null> {
    const found = await judged(label.value);
    return found === "mine" ? null : say(REFUSED[found]);
  }

  async function keep(): Promise<string | null> {
    if (papers.length === 0) return say("papersFirst");
    const refused = await refusal();
    if (refused !== null) return refused;
    if (number.value.trim() === "") return say("sealNumberFirst");
    await seal(part.visit_id, part.case_id, label.value, number.value.trim(), papers);
    return null;
  }

  if (scanning.value) {
    return (
      <Scanner
        take={(text) => {
          label.value = text;
          scanning.value = false;
          void refusal().then((refused) => {
            wrong.value = refused;
          });
          return true;
        }}
        leave={() => {
          scanning.value = false;
        }}
        inside
      />
    );
  }
  if (papers.length === 0 && view.parcel) return <p class="state">{say("sealed")}</p>;
  return (
    <Form send={() => save(keep)}>
      <button
        type="button"
        onClick={() => {
          scanning.value = true;
        }}
      >
        {say("scanLabel")}
      </button>
      <Field
        label={say("label")}
        value={label}
        autocapitalize="characters"
        touched={() => {
          wrong.value = null;
        }}
      />
      <Field label={say("sealNumber")} value={number} maxLength={20} autocapitalize="characters" />
      <Send wrong={wrong.value} busy={busy.value} word={say("sealIt", { n: papers.length })} />
    </Form>
  );
}
