/** Giao nhận ở bưu cục: what is taken along in the morning, what is handed in in the evening. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useAsking } from "../parts/asking.ts";
import { madeFrom, useDraft } from "../parts/draft.ts";
import { Form, Send } from "../parts/Form.tsx";
import { day, notes } from "../state.ts";
import { back } from "../where.ts";
import { say } from "../words/index.ts";
import { offer, receive } from "./doing.ts";
import { atThePost, thingKey as key, type Thing, toHandIn, type Waiting } from "./held.ts";

const CONDITIONS = ["intact", "torn", "wet"] as const;
const ALL_INTACT: Record<string, string> = {};
const NONE: string[] = [];
const TICKED = "receive ticked";
const CONDITION = "receive conditions";

/** `only`: the one thing that is meant, by its key; else all. */
export function AtThePost({ only }: { only: string | null }) {
  const known = day.value;
  if (!known) return null;
  const waiting = atThePost(known, notes.value);
  const mine = toHandIn(known, notes.value);
  return (
    <main class="page">
      <h1>{say("atThePost")}</h1>
      {waiting.length > 0 && <Receive waiting={waiting} only={only} />}
      <HandIn mine={mine} only={only} />
      {waiting.length + mine.length === 0 && <p class="card">{say("nothingAtThePost")}</p>}
      <button type="button" onClick={back}>
        {say("back")}
      </button>
    </main>
  );
}

function Receive({ waiting, only }: { waiting: Waiting[]; only: string | null }) {
  const { wrong, busy, ask } = useAsking();
  const ticked = useDraft(TICKED, NONE);
  const conditions = useDraft(CONDITION, ALL_INTACT);
  const chosen = waiting.filter((one) => ticked.value.includes(key(one)));

  useEffect(() => {
    if (only !== null && waiting.some((one) => key(one) === only)) ticked.value = [only];
  }, [only]);

  async function keep(): Promise<string | null> {
    if (chosen.length === 0) return say("tickFirst");
    await receive(chosen, conditions.value, madeFrom(TICKED, CONDITION));
    ticked.value = NONE;
    conditions.value = ALL_INTACT;
    return null;
  }

  return (
    <section class="card">
      <h2>{say("toReceive", { n: waiting.length })}</h2>
      <p>{say("toReceiveLead")}</p>
      <Form send={() => ask(keep)}>
        {waiting.map((one) => (
          <div key={key(one)}>
            <Tick thing={one} ticked={ticked} />
            {ticked.value.includes(key(one)) && (
              <label>
                {say("condition")}
                <select
                  value={conditions.value[one.parcel_id] ?? "intact"}
                  onChange={(event) => {
                    conditions.value = { ...conditions.value, [one.parcel_id]: event.currentTarget.value };
                  }}
                >
                  {CONDITIONS.map((each) => (
                    <option key={each} value={each}>
                      {say(each)}
                    </option>
                  ))}
                </select>
              </label>
            )}
          </div>
        ))}
        <Send wrong={wrong.value} busy={busy.value} word={say("received", { n: chosen.length })} />
      </Form>
    </section>
  );
}

function HandIn({ mine, only }: { mine: Thing[]; only: string | null }) {
  const { wrong, busy, ask } = useAsking();
  const ticked = useSignal<string[]>(mine.map(key).filter((one) => only === null || one === only));
  const left = mine.filter((one) => !one.offered);
  const waits = mine.filter((one) => one.offered);
  const chosen = left.filter((one) => ticked.value.includes(key(one)));

  async function keep(): Promise<string | null> {
    if (chosen.length === 0) return say("tickFirst");
    await offer(chosen);
    return null;
  }

  return (
    <>
      {left.length > 0 && (
        <section class="card">
          <h2>{say("toHandIn", { n: left.length })}</h2>
          <p>{say("toHandInLead")}</p>
          <Form send={() => ask(keep)}>
            {left.map((one) => (
              <Tick key={key(one)} thing={one} ticked={ticked} />
            ))}
            <Send wrong={wrong.value} busy={busy.value} word={say("handIn", { n: chosen.length })} id="wrong-hand-in" />
          </Form>
        </section>
      )}
      {waits.length > 0 && (
        <section class="card">
          <h2>{say("handedIn", { n: waits.length })}</h2>
          <ul class="list">
            {waits.map((one) => (
              <li key={key(one)} class="line">
                <Name thing={one} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Tick({ thing, ticked }: { thing: Thing; ticked: { value: string[] } }) {
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={ticked.value.includes(key(thing))}
        onChange={(event) => {
          const others = ticked.value.filter((one) => one !== key(thing));
          ticked.value = event.currentTarget.checked ? [...others, key(thing)] : others;
        }}
      />
      <Name thing={thing} />
    </label>
  );
}

function Name({ thing }: { thing: Thing }) {
  return (
    <span>
      {thing.owner}
      {" · "}
      {say(thing.parcel_id ? "sealedParcel" : "loosePapers", { n: thing.paper_ids.length })}
    </span>
  );
}
