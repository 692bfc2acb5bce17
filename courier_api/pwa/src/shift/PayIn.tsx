/** Nộp quỹ: cash from the bag into the till. */
import "./words.ts";
import { useSignal } from "@preact/signals";
import { Amount } from "../parts/Amount.tsx";
import { useAsking } from "../parts/asking.ts";
import { Form, Send } from "../parts/Form.tsx";
import { ownDay } from "../state.ts";
import { back } from "../where.ts";
import { dong, say } from "../words/index.ts";
import { payIn } from "./doing.ts";

export function PayIn() {
  const { wrong, busy, ask } = useAsking();
  const amount = useSignal(0);
  const { shift, cash } = ownDay.value ?? { shift: null, cash: 0 };

  async function keep(): Promise<string | null> {
    if (shift === null) return say("notBegun");
    if (amount.value < 1 || amount.value > cash) return say("payInWrong", { n: dong(cash) });
    await payIn(shift, amount.value);
    return null;
  }

  return (
    <main class="page">
      <h1>{say("payIn")}</h1>
      <p>{say("cashInHand", { n: dong(cash) })}</p>
      <p class="soft">{say("payInLead")}</p>
      <Form send={async () => (await ask(keep)) && back()}>
        <Amount
          label={say("payInAmount")}
          value={amount.value}
          change={(next) => {
            amount.value = next;
          }}
        />
        <button
          type="button"
          onClick={() => {
            amount.value = cash;
          }}
        >
          {say("payInAll", { n: dong(cash) })}
        </button>
        <p class="who" role="status">
          {dong(amount.value)}
        </p>
        <Send word={say("payIn")} wrong={wrong.value} busy={busy.value} />
      </Form>
      <button type="button" onClick={back}>
        {say("back")}
      </button>
    </main>
  );
}
