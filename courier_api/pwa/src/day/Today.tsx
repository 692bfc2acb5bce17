/** The first screen (F25): no menu is needed to do a day. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { atThePost, toHandIn } from "../custody/held.ts";
import { picturesDue } from "../documents/due.ts";
import { OwnDay } from "../shift/OwnDay.tsx";
import { allStops, day, inHand, notes, ownDay, today } from "../state.ts";
import { Arrival } from "../visit/Arrival.tsx";
import { go } from "../where.ts";
import { dong, say, written } from "../words/index.ts";
import { place } from "./place.ts";
import { type Flag, failed, type Stop } from "./stops.ts";
import { Top } from "./Top.tsx";

const ALARMING: ReadonlySet<Flag> = new Set(["late", "incident", "stopped"]);

export function Today() {
  const { next, rest, over, later } = today.value;
  return (
    <main class="page with-thumbs">
      <Top />
      <OwnDay />
      {next ? <Next stop={next} /> : <p class="card">{say(over.length > 0 ? "allDone" : "noJobs")}</p>}
      <Tally />
      <ToSketch />
      <AtThePost />
      <PicturesDue />
      <Stops title={say("theRest")} stops={rest} />
      <Stops title={say("laterDays")} stops={later} dated />
      <Stops title={say("doneToday")} stops={over} over />
      <Thumbs />
    </main>
  );
}

/** Shown as soon as there is something to take along or to hand in. */
function AtThePost() {
  const known = day.value;
  if (!known) return null;
  const waiting = atThePost(known, notes.value).length;
  const mine = toHandIn(known, notes.value).filter((one) => !one.offered).length;
  if (waiting + mine === 0) return null;
  return (
    <button type="button" class="at-the-post" onClick={() => go({ at: "at the post" })}>
      <span>{say("atThePost")}</span>
      {waiting > 0 && <span class="soft">{say("toReceive", { n: waiting })}</span>}
      {mine > 0 && <span class="soft">{say("toHandIn", { n: mine })}</span>}
    </button>
  );
}

/** Put off at a door, and still in these hands. */
function PicturesDue() {
  const known = day.value;
  const n = known ? picturesDue(known, notes.value).reduce((sum, one) => sum + one.papers.length, 0) : 0;
  if (n === 0) return null;
  return (
    <button type="button" class="at-the-post" onClick={() => go({ at: "pictures due" })}>
      {say("picturesDue", { n })}
    </button>
  );
}

function Next({ stop }: { stop: Stop }) {
  return (
    <section class="card next" aria-labelledby="next-job">
      <h2 id="next-job">{say("nextJob")}</h2>
      <p class="window">
        {stop.window} <span class="state">{stateOf(stop)}</span>
      </p>
      <p class="who">{stop.name}</p>
      <p>{place(stop)}</p>
      <p>
        {say(stop.purpose)}
        {stop.cases.length > 1 && ` · ${say("household", { n: stop.cases.length })}`}
      </p>
      <Counts stop={stop} />
      <Flags stop={stop} />
      <div class="pair">
        {stop.phone ? (
          <a class="button" href={`tel:${stop.phone.replaceAll(" ", "")}`}>
            {say("call")}
          </a>
        ) : (
          <button type="button" disabled>
            {say("noPhone")}
          </button>
        )}
        <a class="button" href={directions(stop)} target="_blank" rel="noreferrer">
          {say("directions")}
        </a>
      </div>
      {stop.state === "arrived" ? (
        <button type="button" class="main" onClick={() => go({ at: "visit", visit: stop.visit_id })}>
          {say("open")}
        </button>
      ) : (
        <Arrival visit_id={stop.visit_id} cases={stop.cases} state={stop.state} />
      )}
    </section>
  );
}

function Counts({ stop }: { stop: Stop }) {
  return (
    <ul class="counts">
      {stop.give > 0 && <li>{say("give", { n: stop.give })}</li>}
      {stop.take > 0 && <li>{say("take", { n: stop.take })}</li>}
      <li class="money">{stop.due > 0 ? say("toPay", { n: dong(stop.due) }) : say("nothingToPay")}</li>
    </ul>
  );
}

function Flags({ stop }: { stop: Stop }) {
  if (stop.flags.length === 0) return null;
  return (
    <ul class="flags">
      {stop.flags.map((flag) => (
        <li key={flag} class={ALARMING.has(flag) ? "alarm" : ""}>
          {say(flag)}
        </li>
      ))}
    </ul>
  );
}

function Tally() {
  const { next, rest, over } = today.value;
  const bad = over.filter(failed).length;
  const left = rest.length + (next ? 1 : 0);
  if (allStops.value.length === 0) return null;
  return <p class="soft">{say("tally", { left, done: over.length - bad, failed: bad })}</p>;
}

/** Shown as soon as it would show how two houses lie to each other. */
function ToSketch() {
  const { next, rest } = today.value;
  const marked = [...(next ? [next] : []), ...rest].filter((stop) => stop.mark !== null);
  if (marked.length < 2) return null;
  return (
    <button type="button" onClick={() => go({ at: "sketch" })}>
      {say("sketch")}
    </button>
  );
}

function Stops({ title, stops, dated, over }: { title: string; stops: Stop[]; dated?: boolean; over?: boolean }) {
  if (stops.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul class="list">
        {stops.map((stop) => (
          <li key={stop.visit_id} class={over ? "line over" : "line"}>
            <p class="head">
              <span>
                {dated && `${written(stop.day)} `}
                {stop.window}
              </span>
              <span>{stop.name}</span>
              {stop.state !== "planned" && <span class={failed(stop) ? "state bad" : "state"}>{stateOf(stop)}</span>}
            </p>
            <p class="soft">{place(stop)}</p>
            <p>
              {say(stop.purpose)}
              {stop.cases.length > 1 && ` · ${say("household", { n: stop.cases.length })}`}
            </p>
            <Flags stop={over ? { ...stop, flags: stop.flags.filter((flag) => ALARMING.has(flag)) } : stop} />
            {!over && !dated && (
              <button type="button" class="small" onClick={() => go({ at: "visit", visit: stop.visit_id })}>
                {say("openOf", { name: stop.name })}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const MOST_OF_THE_SCREEN = 0.4;

/** However large the letters are, also where the style sheet cannot tell: covering more, the row would be in the way. */
function useTooHigh() {
  const row = useRef<HTMLElement>(null);
  const high = useSignal(false);
  useEffect(() => {
    const root = document.documentElement;
    const look = () => {
      const height = row.current?.offsetHeight ?? 0;
      high.value = height > innerHeight * MOST_OF_THE_SCREEN;
      // What is scrolled to, or has the focus, never lies under the row.
      root.style.setProperty("--thumbs", high.value ? "0px" : `${height}px`);
    };
    const seen = new ResizeObserver(look);
    seen.observe(row.current!);
    addEventListener("resize", look);
    return () => {
      seen.disconnect();
      root.style.removeProperty("--thumbs");
      removeEventListener("resize", look);
    };
  }, []);
  return { row, high };
}

function Thumbs() {
  const { row, high } = useTooHigh();
  return (
    <nav ref={row} class={high.value ? "thumbs at-the-end" : "thumbs"} aria-label={say("courierApp")}>
      <div class="row">
        <button type="button" onClick={() => go({ at: "registering" })}>
          {say("onTheSpot")}
        </button>
        <button type="button" onClick={() => go({ at: "scan" })}>
          {say("scan")}
        </button>
        <button type="button" onClick={() => go({ at: "incident" })}>
          {say("reportIncident")}
        </button>
        <button type="button" onClick={() => go({ at: "my code" })}>
          {say("myCode")}
        </button>
      </div>
      <button type="button" class="strip" onClick={() => go({ at: "shift" })}>
        <span>{say("cashInHand", { n: dong(ownDay.value?.cash ?? 0) })}</span>
        <span>{say("papersInHand", { n: inHand.value.papers })}</span>
        <span>{say("labelsLeft", { n: inHand.value.labels })}</span>
        <span class="unseen">{say("ownShift")}</span>
      </button>
    </nav>
  );
}

function stateOf(stop: Stop): string {
  return stop.state === "arrived" ? say("arrivedState") : say(stop.state as "planned");
}

/** Opens the phone's own map. Only the place goes out, no name. */
function directions(stop: Stop): string {
  if (stop.mark) return `geo:${stop.mark.lat},${stop.mark.lon}?q=${stop.mark.lat},${stop.mark.lon}`;
  return `geo:0,0?q=${encodeURIComponent(place(stop))}`;
}
