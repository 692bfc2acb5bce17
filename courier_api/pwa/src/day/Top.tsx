/** Above the day: whose phone it is, what the centre has of it, and whether it can leave the network. */
import { localTime } from "../device/clock.ts";
import { battery, counts, endsSoon, heard, lent, lock, me, readableUntil, updatedAt } from "../state.ts";
import { go } from "../where.ts";
import { say } from "../words/index.ts";
import { ready } from "./ready.ts";

const LOW = 30;

export function Top() {
  const { saved, received, waiting } = counts.value;
  const low = battery.value !== null && battery.value <= LOW;
  return (
    <header class="top">
      <h1>{me.value?.name ?? say("courierApp")}</h1>
      <p class="soft">
        {say(heard.value ? "online" : "offline")}
        {battery.value !== null && ` · ${say("battery", { n: battery.value })}`}
      </p>
      <div class="counters">
        <button type="button" onClick={() => go({ at: "on this phone" })}>
          <span>{say("savedHere", { n: saved })}</span>
          <span class={received < saved ? "behind" : "whole"}>{say("receivedThere", { n: received })}</span>
          {waiting > 0 && <span class="behind">{say("inReview", { n: waiting })}</span>}
        </button>
      </div>
      {low && <p class="notice">{say("syncNow")}</p>}
      {lent.value && <p class="notice">{say("lentNotice")}</p>}
      {endsSoon.value && (
        <div class="notice">
          {say("endsSoon", { time: localTime(readableUntil.value ?? 0) })}
          <button type="button" onClick={() => go({ at: "lengthen" })}>
            {say("lengthenTitle")}
          </button>
        </div>
      )}
      <Updated />
      <button type="button" class="small plain" onClick={() => void lock()}>
        {say("lock")}
      </button>
    </header>
  );
}

/** A list alone is not enough at a door without a network. */
function Updated() {
  if (updatedAt.value === null) return <p class="soft">{say("neverUpdated")}</p>;
  const time = say("updatedAt", { time: updatedAt.value });
  return ready.value ? (
    <p class="soft">
      {time} · {say("worksWithoutNetwork")}
    </p>
  ) : (
    <>
      <p class="soft">{time}</p>
      <p class="notice">{say("notReadyYet")}</p>
    </>
  );
}
