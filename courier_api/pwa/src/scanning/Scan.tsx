/** Scanning says what is next and does it, without a network: whose parcel it is, how it stands, and one large button for
 * the next thing; or why a label is not taken. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { RuleTable } from "../acts/rules.ts";
import { tableOf } from "../acts/table.ts";
import { localDate } from "../device/clock.ts";
import { touch } from "../incidents/touching.ts";
import { Field } from "../parts/Field.tsx";
import { Form } from "../parts/Form.tsx";
import { day, notes, now } from "../state.ts";
import { here, ofCase } from "../visit/here.ts";
import { back, go, instead, where } from "../where.ts";
import { language, say } from "../words/index.ts";
import { SAID, type Verdict } from "./label.ts";
import { parcelOf, type Standing, standing, toSeal } from "./next.ts";
import { Scanner } from "./Scanner.tsx";
import { asLabel, judged } from "./stock.ts";

interface Read {
  label: string;
  verdict: Verdict;
  table: RuleTable;
}

export function Scan() {
  const read = useSignal<Read | null>(null);
  // Whoever comes back from what was next finds the parcel as it stands now.
  const before = where.value.at === "scan" ? where.value.label : undefined;
  const text = useSignal(before ?? "");
  const looking = useSignal(before === undefined);

  useEffect(() => {
    if (before !== undefined) void look(before);
  }, []);

  async function look(code: string): Promise<void> {
    looking.value = false;
    text.value = code;
    instead({ at: "scan", label: code });
    const label = asLabel(code, day.value, notes.value);
    read.value = { label, verdict: await judged(label), table: await tableOf(day.value?.rules ?? 1) };
  }

  if (looking.value) {
    return (
      <Scanner
        take={(code) => {
          void look(code);
          return true;
        }}
        leave={() => {
          looking.value = false;
        }}
      />
    );
  }
  return (
    <main class="page">
      <h1>{say("scan")}</h1>
      {read.value && <Found read={read.value} />}
      <Form send={() => look(text.value)}>
        <Field label={say("label")} value={text} autocapitalize="characters" />
        <button type="submit">{say("lookUp")}</button>
      </Form>
      <button
        type="button"
        class={read.value ? "" : "main"}
        onClick={() => {
          read.value = null;
          looking.value = true;
          instead({ at: "scan" });
        }}
      >
        {say("scanAgain")}
      </button>
      <button type="button" onClick={back}>
        {say("back")}
      </button>
    </main>
  );
}

/** As it is now: what is done on another page meanwhile counts. */
function Found({ read: { label, verdict, table } }: { read: Read }) {
  const known = day.value;
  const isGenuine = verdict !== "forged" && verdict !== "no label" && verdict !== "void";
  const found = known && isGenuine ? parcelOf(label, known, notes.value) : null;
  if (!known || !found)
    return (
      <>
        <p class={verdict === "mine" ? "state" : "wrong"} role="status">
          {say(SAID[verdict])}
        </p>
        {verdict === "mine" && <ToSeal label={label} />}
      </>
    );
  const one = standing(found, known, notes.value, ofCase(found.case_id), table, localDate(now.value));
  const state = table.file.machines.parcel!.states[one.state];
  return (
    <section class="card" aria-labelledby="parcel">
      <div role="status">
        <h2 id="parcel">{say("parcelOf", { name: one.owner })}</h2>
        <p>
          {[state && (language.value === "en" ? state.en : state.vi), say(`with_${one.holder}`)]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      {one.refused && <p class="notice">{one.refused}</p>}
      <Next one={one} />
      {one.holder === "me" && (
        <button type="button" onClick={() => go({ at: "relabel", case: one.case_id, parcel: one.parcel_id })}>
          {say("relabel")}
        </button>
      )}
      {one.next.does !== "report" && <ReportIt one={one} />}
    </section>
  );
}

/** One large button. */
function Next({ one: { next, ...one } }: { one: Standing }) {
  switch (next.does) {
    case "receive":
    case "offer":
      return (
        <Big
          word={say(next.does === "receive" ? "takeItAlong" : "handItIn")}
          press={() => go({ at: "at the post", thing: next.thing })}
        />
      );
    case "wait":
      return <p class="state">{say("waitsAtThePost")}</p>;
    case "visit":
      return <Big word={say("toItsVisit")} press={() => go({ at: "visit", visit: next.visit })} />;
    case "step":
      return (
        <Big
          word={say(next.step as "opening")}
          press={() => go({ at: "step", visit: next.visit, case: one.case_id, step: next.step })}
        />
      );
    case "report":
      return (
        <>
          <p class="notice">{say("notInYourHands")}</p>
          <ReportIt one={one} main />
        </>
      );
  }
}

const Big = ({ word, press }: { word: string; press: () => void }) => (
  <button type="button" class="main" onClick={press}>
    {word}
  </button>
);

/** With the parcel already chosen. */
function ReportIt({ one, main }: { one: Pick<Standing, "case_id" | "parcel_id">; main?: boolean }) {
  async function report(): Promise<void> {
    await touch({ case_id: one.case_id, kind: "parcel", id: one.parcel_id });
    go({ at: "incident" });
  }
  return (
    <button type="button" class={main ? "main" : ""} onClick={() => void report()}>
      {say("reportOnParcel")}
    </button>
  );
}

/** Where papers wait for a label of one's own. */
function ToSeal({ label }: { label: string }) {
  const houses = [...new Set((day.value?.visits ?? []).map((visit) => visit.visit_id))];
  const waiting = toSeal(houses.flatMap(here));
  return (
    <>
      {waiting.map(({ part, one }, place) => (
        <button
          key={`${part.visit_id} ${part.case_id}`}
          type="button"
          class={place === 0 ? "main" : ""}
          onClick={() => go({ at: "step", visit: part.visit_id, case: part.case_id, step: "seal", label })}
        >
          {say("sealWithIt", { name: one?.owner_name ?? "" })}
        </button>
      ))}
    </>
  );
}
