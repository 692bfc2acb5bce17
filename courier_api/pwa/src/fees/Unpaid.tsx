/** Not paid, and why: papers go on all the same, a result stays sealed (F09). */
import { useSignal } from "@preact/signals";
import { Choice } from "../parts/Choice.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { useSaving } from "../visit/step.tsx";
import { say } from "../words/index.ts";
import { type Bill, recordUnpaid } from "./paying.ts";

const REASONS = ["no_money_now", "disputes_amount", "claims_exemption", "refuses"] as const;

export function Unpaid({ visit_id, bills }: { visit_id: string; bills: Bill[] }) {
  const { wrong, busy, save } = useSaving();
  const reason = useSignal("");

  async function keep(): Promise<string | null> {
    if (reason.value === "") return say("chooseReason");
    await recordUnpaid(visit_id, bills, reason.value);
    return null;
  }

  return (
    <Form send={() => save(keep)}>
      <Choice legend={say("whyUnpaid")} chosen={reason} among={REASONS.map((one) => [one, say(one)])} />
      <Send wrong={wrong.value} busy={busy.value} word={say("recordUnpaid")} />
    </Form>
  );
}
