/** + Đăng ký tại chỗ (F02): a neighbour at the gate, with no network. Three questions, each touch kept; then the ordinary
 * visit opens. */
import "./words.ts";
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { localDate } from "../device/clock.ts";
import { currentSession } from "../device/line.ts";
import { useDraft } from "../parts/draft.ts";
import { catalogue, notes, offices, synchronise } from "../state.ts";
import { type Version, versionOn } from "../sync/catalogue.ts";
import type { Offices } from "../sync/offices.ts";
import { back, instead } from "../where.ts";
import { say } from "../words/index.ts";
import { Cost } from "./Cost.tsx";
import { aNewDraft, type Draft, type Step } from "./draft.ts";
import { Procedure } from "./Procedure.tsx";
import { NAME } from "./record.ts";
import { Who } from "./Who.tsx";

const STEPS = ["procedure", "who", "cost"] as const satisfies readonly Step[];
const TITLES = { procedure: "whichProcedure", who: "whichPeople", cost: "whichPapers" } as const;

export function Registering() {
  const draft = useDraft<Draft>(NAME, aNewDraft());
  const post = useSignal("");
  /** Whose registration was the last, where nobody was served. */
  const registered = useSignal<string | null>(null);

  useEffect(() => {
    void currentSession().then((session) => {
      post.value = session?.unit ?? "";
    });
  }, []);

  // What was registered already, and whose draft outlived it: a tab that was killed at that moment.
  const over = notes.value.some((note) => note.kind === "register" && note.subject.id === draft.value.case_id);
  useEffect(() => {
    if (over && registered.value === null) draft.value = aNewDraft();
  }, [over]);

  if (registered.value !== null) return <Registered name={registered.value} again={again} />;
  if (!catalogue.value || !offices.value) return <NotYet word={catalogue.value ? "noOffices" : "noCatalogue"} />;

  function again(): void {
    draft.value = aNewDraft();
    registered.value = null;
    scrollTo(0, 0);
  }

  /** Which step comes; the phone's own "back" leaves, and nothing is lost. */
  function step(next: Step): void {
    draft.value = { ...draft.value, step: next };
    scrollTo(0, 0);
  }

  function done(kept: Draft, now: boolean): void {
    if (now) instead({ at: "visit", visit: kept.visit_id });
    else registered.value = kept.owner.name;
  }

  const usual = offices.value.offices.find((one) => one.id === post.value)?.commune_code ?? "";
  const version = versionOn(catalogue.value, draft.value.procedure, localDate());
  const shown = version ? draft.value.step : "procedure";
  const place = STEPS.indexOf(shown);
  return (
    <main class="page" key={shown}>
      <header>
        <h1>{say("registering")}</h1>
        <p class="soft">{say("stepOf", { n: place + 1, what: say(TITLES[shown]) })}</p>
      </header>
      <Shown step={shown} {...{ draft, version, offices: offices.value, usual, go: step, done }} />
      <button type="button" onClick={() => (place === 0 ? back() : step(STEPS[place - 1]!))}>
        {say("back")}
      </button>
      {draft.value.procedure !== "" && <Clear key={draft.value.case_id} clear={again} />}
    </main>
  );
}

export interface StepAsked {
  draft: Signal<Draft>;
  version: Version;
  offices: Offices;
  /** The commune of this phone's post. */
  usual: string;
  go: (next: Step) => void;
  done: (kept: Draft, now: boolean) => void;
}

function Shown({ step, version, ...asked }: { step: Step; version: Version | null } & Omit<StepAsked, "version">) {
  if (step === "procedure" || !version) return <Procedure draft={asked.draft} go={asked.go} />;
  return step === "who" ? <Who version={version} {...asked} /> : <Cost version={version} {...asked} />;
}

/** Asked twice: what was filled in is not written down anywhere else. */
function Clear({ clear }: { clear: () => void }) {
  const asked = useSignal(false);
  return (
    <button
      type="button"
      class="plain"
      onClick={() => {
        if (asked.value) clear();
        else asked.value = true;
      }}
    >
      {say(asked.value ? "beginAnewSure" : "beginAnew")}
    </button>
  );
}

function NotYet({ word }: { word: "noOffices" | "noCatalogue" }) {
  return (
    <main class="page">
      <h1>{say("registering")}</h1>
      <p class="notice">{say(word)}</p>
      <button type="button" class="main" onClick={() => void synchronise()}>
        {say("syncNow")}
      </button>
      <button type="button" onClick={back}>
        {say("back")}
      </button>
    </main>
  );
}

function Registered({ name, again }: { name: string; again: () => void }) {
  return (
    <main class="page">
      <h1>{say("registering")}</h1>
      <p class="state" role="status">
        {say("isRegistered", { name })}
      </p>
      <button type="button" class="main" onClick={back}>
        {say("toTheDay")}
      </button>
      <button type="button" onClick={again}>
        {say("registerAnother")}
      </button>
    </main>
  );
}
