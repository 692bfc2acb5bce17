import { type Signal, useSignal } from "@preact/signals";
import { DocumentCamera } from "../documents/DocumentCamera.tsx";
import type { Still } from "../documents/picture.ts";
import { useAsking } from "../parts/asking.ts";
import { Choice } from "../parts/Choice.tsx";
import { useDraft } from "../parts/draft.ts";
import { Form, Send } from "../parts/Form.tsx";
import { say } from "../words/index.ts";
import { deferPhotograph, photograph } from "./doing.ts";
import { paperName } from "./names.ts";
import type { StepProps } from "./step.tsx";
import type { Page, Taken } from "./view.ts";

/** Where the courier is: kept, so that a killed tab comes back to the same page with its picture. */
interface Draft {
  paper: string | null;
  /** The page that is taken anew. */
  again: Page | null;
  still: Still | null;
}

const NOWHERE: Draft = { paper: null, again: null, still: null };

/** Page by page, paper by paper. Each picture is kept before the next is taken. */
export function Photographs({ here }: StepProps) {
  const { part, view } = here;
  const draft = useDraft<Draft>(`photographs ${part.visit_id} ${part.case_id}`, NOWHERE);
  const opened = useSignal(false);
  const { again, still } = draft.value;
  const paper = view.papers.find((each) => each.id === draft.value.paper);
  const last = paper && view.photographed[paper.id]?.at(-1)?.number;

  if (paper) {
    const number = again?.number ?? (last ?? 0) + 1;
    return (
      <DocumentCamera
        key={`${paper.id} ${again?.page_id}`}
        title={`${paperName(here, paper.component)} · ${say("page", { n: number })}`}
        said={last && !again ? say("pageSaved", { n: last, next: number }) : null}
        still={still}
        wait={(next) => {
          draft.value = { ...draft.value, still: next };
        }}
        page_id={again?.page_id ?? null}
        take={async (page_id, picture, seen) => {
          const page = { page_id, paper_id: paper.id, component: paper.component, page_number: number };
          await photograph(part.visit_id, part.case_id, page, picture, seen);
          if (again) draft.value = { ...NOWHERE };
        }}
        leave={() => {
          draft.value = { ...NOWHERE };
        }}
      />
    );
  }
  if (view.papers.length === 0) return <p class="notice">{say("papersFirst")}</p>;
  // After the visit only what was put off is left to be made: nothing else is in these hands any more.
  const shown = view.over
    ? view.papers.filter((each) => view.deferred[each.id] || view.photographed[each.id])
    : view.papers;
  const closed = view.over && !opened.value && shown.some((each) => each.sealed && view.deferred[each.id]);
  return (
    <>
      {view.over && shown.some((each) => each.sealed && view.deferred[each.id]) && <Sealed opened={opened} />}
      <ul class="list">
        {shown.map((each) => (
          <Line
            key={each.id}
            name={paperName(here, each.component)}
            pages={view.photographed[each.id] ?? []}
            later={view.deferred[each.id]}
            closed={closed && each.sealed}
            take={(page) => {
              draft.value = { paper: each.id, again: page, still: null };
            }}
          />
        ))}
      </ul>
      {!view.over && (
        <Later
          here={here}
          papers={view.papers.filter((each) => !view.photographed[each.id] && !view.deferred[each.id])}
        />
      )}
    </>
  );
}

/** No seal is opened by one alone, nor anywhere but at the post (F10). */
function Sealed({ opened }: { opened: Signal<boolean> }) {
  return (
    <>
      <p class="notice">{say("sealedNow")}</p>
      <label class="choice">
        <input
          type="checkbox"
          checked={opened.value}
          onChange={(event) => {
            opened.value = event.currentTarget.checked;
          }}
        />
        <span>{say("openedOnRecord")}</span>
      </label>
    </>
  );
}

interface LineProps {
  name: string;
  pages: Page[];
  later: string | undefined;
  /** It lies in a sealed parcel. */
  closed: boolean;
  take: (again: Page | null) => void;
}

function Line({ name, pages, later, closed, take }: LineProps) {
  return (
    <li class="line">
      <p class="head">{name}</p>
      <p class="soft">{say("pagesTaken", { n: pages.length })}</p>
      {later && <p class="notice">{say("photographedLater", { reason: whyLater().get(later) ?? later })}</p>}
      {pages.map(
        (page) =>
          page.bad.length > 0 && (
            <div key={page.page_id} class="notice">
              <p>{say("keptAnyway", { n: page.number, faults: page.bad.map(named).join(", ") })}</p>
              <button type="button" disabled={closed} onClick={() => take(page)}>
                {say("retakePage", { n: page.number })}
              </button>
            </div>
          ),
      )}
      <button type="button" disabled={closed} onClick={() => take(null)}>
        {say(pages.length > 0 ? "takeMore" : "takePicture")}
      </button>
    </li>
  );
}

const named = (fault: string): string => say(`is_${fault}` as "is_dark");

const whyLater = () =>
  new Map([
    ["dark", say("itIsDark")],
    ["rain", say("itRains")],
    ["phone", say("phoneCannot")],
    ["other", say("otherReason")],
  ]);

/** What cannot be photographed at the door is photographed at the post. */
function Later({ here: { part }, papers }: { here: StepProps["here"]; papers: Taken[] }) {
  const asked = useSignal(false);
  const reason = useSignal("");
  const { wrong, busy, ask } = useAsking();
  if (papers.length === 0) return null;
  if (!asked.value)
    return (
      <button
        type="button"
        onClick={() => {
          asked.value = true;
        }}
      >
        {say("photographLater")}
      </button>
    );

  async function keep(): Promise<string | null> {
    if (!reason.value) return say("chooseReason");
    const ids = papers.map((paper) => paper.id);
    await deferPhotograph(part.visit_id, part.case_id, ids, reason.value);
    asked.value = false;
    return null;
  }

  return (
    <Form send={() => ask(keep)}>
      <Choice legend={say("whyLater")} chosen={reason} among={[...whyLater()]} />
      <Send word={say("photographLater")} wrong={wrong.value} busy={busy.value} />
    </Form>
  );
}
