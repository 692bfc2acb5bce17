/** Somebody signs for the owner (F06): who it is, by what, and their own strokes. */
import { useSignal } from "@preact/signals";
import { Offer } from "../mandates/Offer.tsx";
import { Choice } from "../parts/Choice.tsx";
import { Form, Send } from "../parts/Form.tsx";
import type { Here } from "../visit/here.ts";
import { useSaving } from "../visit/step.tsx";
import { say, written } from "../words/index.ts";
import { forTheOwner, type ToSign } from "./doing.ts";
import type { Acting } from "./modes.ts";
import { Slate } from "./Slate.tsx";
import { useSlate } from "./slate.ts";

interface Asked {
  here: Here;
  to: ToSign;
  among: Acting[];
  inTheWay: () => string | null;
}

export function ForTheOwner({ here, to, among, inTheWay }: Asked) {
  const { view } = here;
  const { wrong, busy, save } = useSaving();
  const met = among.find((one) => one.party_id === view.met?.party_id);
  const chosen = useSignal(met?.party_id ?? "");
  const signs = among.find((one) => one.party_id === chosen.value);
  const { drawn, ...slate } = useSlate(() => {
    wrong.value = null;
  });

  async function keep(): Promise<string | null> {
    if (!signs) return say("chooseWhoSigns");
    if (view.met?.party_id !== signs.party_id) return say("checkWhoSigns", { name: signs.name });
    const signature = await drawn();
    if (!signature) return say("theySignFirst", { name: signs.name });
    const wrongNow = inTheWay();
    if (wrongNow !== null) return wrongNow;
    await forTheOwner({ ...to, signer: signs.role }, signature);
    return null;
  }

  if (among.length === 0)
    return (
      <>
        <p class="notice">{say("nobodySignsFor")}</p>
        <Offer here={here} />
      </>
    );
  return (
    <Form send={() => save(keep)}>
      <Choice legend={say("whoSigns")} chosen={chosen} among={among.map((one) => [one.party_id, called(one)])} />
      <Offer here={here} />
      <Slate {...slate} lead={say("theySignHere")} />
      <Send wrong={wrong.value} busy={busy.value} word={say("signedForOwner")} />
    </Form>
  );
}

function called({ name, role, by, until }: Acting): string {
  const paper = until ? say("byPaperUntil", { day: written(until) }) : say("byPaper");
  return [name, say(role), by === "law" ? say("byLaw") : paper].join(" · ");
}
