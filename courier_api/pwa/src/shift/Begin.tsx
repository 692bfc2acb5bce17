/** Đầu ca: float and label sets are counted, papers looked at, the list accepted: one press. */
import "./words.ts";
import { useSignal } from "@preact/signals";
import { type Count, NOTHING, sum } from "../fees/banknotes.ts";
import { useAsking } from "../parts/asking.ts";
import { dropDraft, madeFrom, useDraft } from "../parts/draft.ts";
import { Form, Send } from "../parts/Form.tsx";
import { day, inHand, ownDay, today } from "../state.ts";
import { back } from "../where.ts";
import { say } from "../words/index.ts";
import { Banknotes } from "./Banknotes.tsx";
import { begin } from "./doing.ts";
import { Held } from "./Held.tsx";
import { CountSets } from "./Sets.tsx";

const DRAFT = "begin of day";

export function Begin() {
  const { wrong, busy, ask } = useAsking();
  const count = useDraft<Count>(DRAFT, NOTHING);
  const right = useSignal("");
  const { sets } = inHand.value;
  const { next, rest, over } = today.value;

  async function keep(): Promise<string | null> {
    if (!day.value) return say("noList");
    if (sets.length > 0 && right.value === "") return say("countSets");
    if (ownDay.value?.shift?.state === "open") await dropDraft(DRAFT);
    else await begin(sum(count.value), madeFrom(DRAFT));
    return null;
  }

  return (
    <main class="page">
      <h1>{say("beginShift")}</h1>
      <Form send={async () => (await ask(keep)) && back()}>
        <Banknotes legend={say("floatNotes")} lead={say("floatLead")} count={count} />
        {sets.length === 0 ? (
          <p class="notice">{say("noSets")}</p>
        ) : (
          <>
            <CountSets sets={sets} right={right} />
            {right.value === "no" && <p class="notice">{say("setsWrongBegin")}</p>}
          </>
        )}
        <Held />
        <p class="who">{say("jobsToday", { n: rest.length + over.length + (next ? 1 : 0) })}</p>
        <p class="soft">{say("takeRunSheet")}</p>
        <Send word={say("startDay")} wrong={wrong.value} busy={busy.value} />
      </Form>
      <button type="button" onClick={back}>
        {say("back")}
      </button>
    </main>
  );
}
