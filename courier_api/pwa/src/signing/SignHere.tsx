/** Somebody signs for exactly the lines that are shown: with a finger on the glass, or as they can (F06). */
import { useSignal } from "@preact/signals";
import { localDate } from "../device/clock.ts";
import { Choice } from "../parts/Choice.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { now } from "../state.ts";
import type { Here } from "../visit/here.ts";
import { contentOf } from "../visit/names.ts";
import { useSaving } from "../visit/step.tsx";
import { say } from "../words/index.ts";
import { type Content, draw, type ToSign } from "./doing.ts";
import { ForTheOwner } from "./ForTheOwner.tsx";
import { acting, signing } from "./modes.ts";
import { OnPaper } from "./OnPaper.tsx";
import { Slate } from "./Slate.tsx";
import { useSlate } from "./slate.ts";
import { Witnessed } from "./Witnessed.tsx";

interface Asked {
  here: Here;
  document: ToSign["document"];
  signer: string;
  lines: string[];
  /** What stands in the way, in words for people. */
  inTheWay: () => string | null;
  word: string;
  content?: Content;
}

export function SignHere({ here, document, signer, lines, inTheWay, word, content }: Asked) {
  const { part, one, view } = here;
  const today = localDate(now.value);
  const says = contentOf(here);
  const { modes, witnesses } = signing(says, document, today);
  const among = acting(one, today, says?.acting ?? null);
  const forOwner = among.some((each) => each.party_id === view.met?.party_id);
  const usual = modes.find((each) => each === (forOwner ? "representative" : "drawn")) ?? modes[0] ?? "ink";
  const mode = useSignal<string>(usual);
  // On the glass only where this paper may be signed so.
  const asking = useSignal(usual !== "drawn");
  const to = { visit_id: part.visit_id, case_id: part.case_id, document, signer, shown: lines.join("\n"), content };
  return (
    <>
      <div class="paper">
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      {asking.value && (
        <Choice legend={say("howSigned")} chosen={mode} among={modes.map((each) => [each, say(`${each}Mode`)])} />
      )}
      {mode.value === "drawn" && <OnGlass to={to} inTheWay={inTheWay} word={word} />}
      {(mode.value === "ink" || mode.value === "fingerprint") && (
        <OnPaper key={mode.value} to={to} inTheWay={inTheWay} pressed={mode.value === "fingerprint"} />
      )}
      {mode.value === "representative" && <ForTheOwner here={here} to={to} among={among} inTheWay={inTheWay} />}
      {mode.value === "witnessed" && <Witnessed to={to} inTheWay={inTheWay} count={witnesses} />}
      {!asking.value && (
        <button
          type="button"
          class="plain"
          onClick={() => {
            asking.value = true;
          }}
        >
          {say("cannotSign")}
        </button>
      )}
    </>
  );
}

function OnGlass({ to, inTheWay, word }: { to: ToSign; inTheWay: () => string | null; word: string }) {
  const { wrong, busy, save } = useSaving();
  const { drawn, ...slate } = useSlate(() => {
    wrong.value = null;
  });

  async function keep(): Promise<string | null> {
    const signature = await drawn();
    if (!signature) return say("signFirst");
    const wrongNow = inTheWay();
    if (wrongNow !== null) return wrongNow;
    await draw(to, signature);
    return null;
  }

  return (
    <Form send={() => save(keep)}>
      <Slate {...slate} lead={say("signHere")} />
      <Send wrong={wrong.value} busy={busy.value} word={word} />
    </Form>
  );
}
