/** The courier's own day on one page: what is in the bag, and what is done with it. */
import "./words.ts";
import { counts, inHand, notes, ownDay, today } from "../state.ts";
import { back, go } from "../where.ts";
import { dong, say } from "../words/index.ts";
import { Held } from "./Held.tsx";
import { runs } from "./own.ts";
import { targets } from "./targets.ts";

const STATES = {
  open: "shiftOpen",
  counted: "shiftCounted",
  provisional: "shiftProvisional",
  closed: "shiftClosed",
} as const;

export const stateOf = (state: string): string => say(STATES[state as keyof typeof STATES]);

export function ShiftPage() {
  const now = ownDay.value;
  const shift = now?.shift ?? null;
  const open = shift?.state === "open";
  return (
    <main class="page">
      <header>
        <h1>{say("shiftTitle")}</h1>
        <p class="state">{shift ? stateOf(shift.state) : say("notBegun")}</p>
      </header>
      <Sums />
      <Held />
      {shift && !open && <p class="notice">{say("closedLead")}</p>}
      {shift && (now?.cash ?? 0) > 0 && (
        <button type="button" onClick={() => go({ at: "pay in" })}>
          {say("payIn")}
        </button>
      )}
      {(open || shift?.state === "counted") && (
        <button type="button" class="main" onClick={() => go({ at: "close shift" })}>
          {say("closeShift")}
        </button>
      )}
      {!open && (
        <button type="button" class={shift ? "" : "main"} onClick={() => go({ at: "begin shift" })}>
          {say("beginShift")}
        </button>
      )}
      <button type="button" onClick={back}>
        {say("back")}
      </button>
      <button type="button" class="plain" onClick={() => go({ at: "sign out" })}>
        {say("signOut")}
      </button>
    </main>
  );
}

function Sums() {
  const now = ownDay.value;
  const { sets } = inHand.value;
  const waiting = counts.value.received < counts.value.saved ? (now?.unsent ?? 0) : 0;
  return (
    <dl class="sums">
      <div>
        <dt>{say("cashLabel")}</dt>
        <dd>{dong(now?.cash ?? 0)}</dd>
      </div>
      {waiting > 0 && (
        <div>
          <dt>{say("waitingForSync", { n: "" })}</dt>
          <dd>{dong(waiting)}</dd>
        </div>
      )}
      {now?.shift?.counted != null && (
        <div>
          <dt>{say("wasCounted")}</dt>
          <dd>{dong(now.shift.counted)}</dd>
        </div>
      )}
      {(now?.shift?.difference ?? 0) !== 0 && (
        <div>
          <dt>{say("difference")}</dt>
          <dd>{signed(now?.shift?.difference ?? 0)}</dd>
        </div>
      )}
      <div class="set-row">
        <dt>{say("setsInBag")}</dt>
        <dd>{sets.length > 0 ? say("setsAre", { n: sets.length, numbers: runs(sets) }) : "0"}</dd>
      </div>
      <Targets />
    </dl>
  );
}

function Targets() {
  const { places, done, arrived, inTime } = targets(today.value, notes.value);
  if (places === 0) return null;
  return (
    <>
      <div>
        <dt>{say("placesDone")}</dt>
        <dd>{say("ofSoMany", { n: done, all: places })}</dd>
      </div>
      {arrived > 0 && (
        <div>
          <dt>{say("inTime")}</dt>
          <dd>{say("ofSoMany", { n: inTime, all: arrived })}</dd>
        </div>
      )}
    </>
  );
}

const signed = (amount: number): string => (amount < 0 ? `−${dong(-amount)}` : dong(amount));
