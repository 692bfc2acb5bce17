/** Giấy ủy quyền, giấy giới thiệu at the door (F05): who acts by it, which paper, its days, and its photograph. From then
 * on they may be met and sign; what the paper or the procedure does not let them do is said here, with what to do. */
import "./words.ts";
import "../giving/words.ts";
import "../registering/words.ts";
import type { Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { localDate } from "../device/clock.ts";
import { DocumentCamera } from "../documents/DocumentCamera.tsx";
import { pictureOf, written } from "../documents/picture.ts";
import { Choice } from "../parts/Choice.tsx";
import { useDraft } from "../parts/draft.ts";
import { Field } from "../parts/Field.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { notes, now } from "../state.ts";
import type { Here } from "../visit/here.ts";
import { contentOf } from "../visit/names.ts";
import { type StepProps, useSaving } from "../visit/step.tsx";
import { written as dayWritten, say } from "../words/index.ts";
import { Agent } from "./Agent.tsx";
import { type Acting, asksKinship, closedTo, holds, mayAct, PAPERS, type Paper, papersFor } from "./authority.ts";
import { draftName, recordMandate } from "./doing.ts";
import { agents, aNewDraft, type Draft, NEW, wrongIn } from "./draft.ts";

const CALLED = {
  mandate: "mandatePaper",
  certified_mandate: "certifiedPaper",
  introduction: "introductionPaper",
} as const satisfies Record<Paper, string>;

export function Mandate({ here }: StepProps) {
  const acting = contentOf(here)?.acting ?? null;
  const closed = closedTo(here.one, here.part.purpose, acting);
  return closed ? <p class="notice">{say(closed)}</p> : <Recording here={here} acting={acting} />;
}

function Recording({ here, acting }: { here: Here; acting: Acting }) {
  const { wrong, busy, save } = useSaving();
  const draft = useDraft<Draft>(draftName(here), aNewDraft());
  const today = localDate(now.value);
  const { agent, mandate_id } = draft.value;
  const known = agents(here.one, today).find((party) => party.party_id === agent);
  const relation = known ? known.relation : draft.value.relation || null;
  // Recorded already, and its draft outlived it: a tab that was killed at that moment.
  const over = notes.value.some((note) => note.kind === "record_mandate" && note.body.mandate_id === mandate_id);
  useEffect(() => {
    if (over && !busy.value) draft.value = aNewDraft();
  }, [over]);

  async function keep(): Promise<string | null> {
    const found = wrongIn(draft.value, here.one, acting, today);
    if (found) return say(found);
    const { page } = draft.value;
    await recordMandate(here, draft.value, page && pictureOf(page));
    return null;
  }

  if (draft.value.shooting) {
    const taken = () => {
      wrong.value = null;
    };
    return <Shooting draft={draft} taken={taken} />;
  }
  return (
    <Form send={() => save(keep)}>
      <p>{say("mandateLead")}</p>
      <Recorded one={here.one} on={today} />
      <Agent draft={draft} among={agents(here.one, today)} />
      {(known || (agent === NEW && relation)) && <WhichDo acting={acting} relation={relation} on={today} />}
      <Choice
        legend={say("whichPaper")}
        chosen={field(draft, "paper")}
        among={PAPERS.map((paper) => [paper, say(CALLED[paper])])}
      />
      <Field label={say("paperFrom")} value={field(draft, "from")} maxLength={10} />
      <Field label={say("paperLast")} value={field(draft, "last")} maxLength={10} />
      {relation && asksKinship(relation, today) && <Tick draft={draft} name="kinship" label={say("kinshipSeen")} />}
      <Photograph draft={draft} />
      <Send wrong={wrong.value} busy={busy.value} word={say("keepMandate")} />
    </Form>
  );
}

/** Those of the case that hold on that day. */
function Recorded({ one, on }: { one: Here["one"]; on: string }) {
  const names = new Map(one?.parties.map((party) => [party.party_id, party.name]));
  return (one?.mandates ?? [])
    .filter((mandate) => holds(mandate, on))
    .map(({ mandate_id, party_id, last_day }) => (
      <p key={mandate_id} class="state">
        {say("mandateKept", {
          name: names.get(party_id) ?? "",
          until: last_day ? say("untilDay", { day: dayWritten(last_day) }) : say("withoutEnd"),
        })}
      </p>
    ));
}

/** What the procedure asks of somebody, before any paper is chosen. */
function WhichDo({ acting, relation, on }: { acting: Acting; relation: string | null; on: string }) {
  if (acting === null) return <p class="notice">{say("notToldWhoActs")}</p>;
  if (mayAct(acting, relation, [], on)) return <p class="notice">{say("noPaperNeeded")}</p>;
  const papers = papersFor(acting, relation, on).map((paper) => say(CALLED[paper]));
  return (
    <p class="notice">{papers.length > 0 ? say("papersThatDo", { papers: papers.join("; ") }) : say("mayNotAct")}</p>
  );
}

function Photograph({ draft }: { draft: Signal<Draft> }) {
  const { page } = draft.value;
  return (
    <>
      <p class="state" role="status">
        {page && say("paperPhotographed")}
      </p>
      <button type="button" onClick={() => change(draft, { shooting: true })}>
        {say(page ? "photographPaperAgain" : "photographPaper")}
      </button>
      {!page && <Tick draft={draft} name="without" label={say("cannotPhotograph")} />}
    </>
  );
}

function Shooting({ draft, taken }: { draft: Signal<Draft>; taken: () => void }) {
  const { still, page } = draft.value;
  return (
    <DocumentCamera
      title={say("photographPaper")}
      said={null}
      denied={say("cameraDeniedForPaper")}
      still={still}
      wait={(next) => change(draft, { still: next })}
      page_id={page?.page_id ?? null}
      take={async (page_id, picture, seen) => {
        const { corners, by_hand } = seen;
        const kept = { page_id, ...written(picture), corners, by_hand, seen };
        change(draft, { page: kept, still: null, without: false, shooting: false });
        taken();
      }}
      leave={() => change(draft, { shooting: false })}
    />
  );
}

function Tick({ draft, name, label }: { draft: Signal<Draft>; name: "kinship" | "without"; label: string }) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={draft.value[name]}
        onChange={(event) => change(draft, { [name]: event.currentTarget.checked })}
      />
      <span>{label}</span>
    </label>
  );
}

function change(draft: Signal<Draft>, what: Partial<Draft>): void {
  draft.value = { ...draft.value, ...what };
}

const field = (draft: Signal<Draft>, name: "paper" | "from" | "last") => ({
  get value(): string {
    return draft.value[name];
  },
  set value(next: string) {
    change(draft, { [name]: next });
  },
});
