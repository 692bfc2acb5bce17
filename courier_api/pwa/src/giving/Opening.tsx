/** The envelope is opened before the recipient, who counts and reads with the courier (F07). */
import { useSignal } from "@preact/signals";
import { Form, Send } from "../parts/Form.tsx";
import { useGuard } from "../parts/guard.ts";
import { type StepProps, useSaving } from "../visit/step.tsx";
import { go } from "../where.ts";
import { say } from "../words/index.ts";
import { open } from "./doing.ts";
import { givingFacts, liesAtThePost, sealedParcels } from "./facts.ts";
import { Given } from "./Given.tsx";

export function Opening({ here }: StepProps) {
  const { wrong, busy, save } = useSaving();
  const counted = useSignal<string[]>([]);
  const { judge, today } = useGuard();
  const closed = sealedParcels(here);

  async function keep(): Promise<string | null> {
    if (counted.value.length < here.part.give.length) return say("countEach");
    const refused = judge("parcel", "sealed", "open_result", (table) => givingFacts(table, here, today, null));
    if (refused !== null) return refused;
    await open(here, closed);
    return null;
  }

  if (here.view.opened.length > 0) return <p class="state">{say("openedNow")}</p>;
  if (liesAtThePost(here)) return <NotReceivedYet />;
  return (
    <Form send={() => save(keep)}>
      <p>{say("openingLead")}</p>
      <Given here={here} counted={counted} />
      <Send wrong={wrong.value} busy={busy.value} word={say("openedAndCounted")} />
    </Form>
  );
}

export function NotReceivedYet() {
  return (
    <>
      <p class="notice">{say("resultAtPost")}</p>
      <button type="button" class="main" onClick={() => go({ at: "at the post" })}>
        {say("atThePost")}
      </button>
    </>
  );
}
