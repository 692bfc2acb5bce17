/** One house: what is left to do there, in the order in which it is usually done. Any order goes. */
import "../consents/words.ts";
import "../documents/words.ts";
import "../giving/words.ts";
import "../slip/words.ts";
import type { ComponentChildren } from "preact";
import { sum } from "../fees/paying.ts";
import { transferState } from "../fees/transferState.ts";
import { back, go, type Step } from "../where.ts";
import { dong, say } from "../words/index.ts";
import { Arrival } from "./Arrival.tsx";
import { type Here, here } from "./here.ts";
import { procedureName } from "./names.ts";
import { steps } from "./steps.ts";
import { dueNow } from "./view.ts";

export function VisitPage({ visit }: { visit: string }) {
  const house = here(visit);
  if (house.length === 0) {
    return (
      <main class="page">
        <p class="notice">{say("visitGone")}</p>
        <BackButton />
      </main>
    );
  }
  const met = house[0]!;
  const there = house.some((one) => one.view.state === "arrived" || one.view.over);
  return (
    <main class="page">
      <header>
        <h1>{met.one?.owner_name ?? say("visit")}</h1>
        <p class="soft">{[met.part.time_window, met.one?.hamlet, met.one?.landmark].filter(Boolean).join(" · ")}</p>
      </header>
      {!there && <Arrival visit_id={visit} cases={house.map((one) => one.part.case_id)} state={met.view.state} />}
      {house.map((one) => (
        <CaseSteps key={one.part.case_id} here={one} alone={house.length === 1} />
      ))}
      <BackButton />
    </main>
  );
}

function BackButton() {
  return (
    <button type="button" onClick={back}>
      {say("back")}
    </button>
  );
}

/** Before anybody is there a visit can only come to nothing. */
const NOT_THERE = [{ step: "end", done: false }] as const;

function CaseSteps({ here: one, alone }: { here: Here; alone: boolean }) {
  const { view } = one;
  return (
    <section class="card">
      <h2>{procedureName(one)}</h2>
      {!alone && <p class="soft">{one.one?.owner_name}</p>}
      {view.over ? (
        <p class="state">{say(view.state as "done")}</p>
      ) : (
        <ol class="list">
          {(view.state === "arrived" ? steps(one) : NOT_THERE).map(({ step, done }) => (
            <Line key={step} here={one} step={step} done={done}>
              {told(one, step)}
            </Line>
          ))}
        </ol>
      )}
      {(view.slipSigned || view.collected > 0 || view.given.length > 0) && <SlipButton here={one} />}
    </section>
  );
}

/** As soon as there is something to keep, and after the visit too. */
function SlipButton({ here: { part } }: { here: Here }) {
  return (
    <button type="button" onClick={() => go({ at: "step", visit: part.visit_id, case: part.case_id, step: "slip" })}>
      {say("slip")}
    </button>
  );
}

/** Beside a step: how much of it there is. */
function told({ view, part }: Here, step: Step): string {
  const owed = dueNow(view, part.purpose);
  const pages = Object.values(view.pages).reduce((sum, count) => sum + count, 0);
  switch (step) {
    case "papers":
      return view.papers.length > 0 ? say("papersTaken", { n: view.papers.length }) : "";
    case "photographs":
      return pages > 0 ? say("pagesTaken", { n: pages }) : "";
    case "money":
      if (owed.length > 0 && view.transfer) return transferState(view.transfer.state);
      return owed.length > 0 ? dong(sum(owed)) : view.collected > 0 ? dong(view.collected) : "";
    default:
      return "";
  }
}

interface LineProps {
  here: Here;
  step: Step;
  done: boolean;
  children?: ComponentChildren;
}

function Line({ here: one, step, done, children }: LineProps) {
  return (
    <li>
      <button
        type="button"
        class={done ? "step done" : "step"}
        onClick={() => go({ at: "step", visit: one.part.visit_id, case: one.part.case_id, step })}
      >
        <span class="tick" aria-hidden="true">
          {done ? "✓" : ""}
        </span>
        <span class="what">
          {say(step === "end" && one.view.state !== "arrived" ? "cannotFinish" : step)}
          {done && <span class="unseen"> ({say("stepDone")})</span>}
        </span>
        <span class="soft">{children}</span>
      </button>
    </li>
  );
}
