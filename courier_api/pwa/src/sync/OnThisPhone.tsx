/** Every act of this phone with its state: two facts, never one. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { RuleTable } from "../acts/rules.ts";
import { tableOf } from "../acts/table.ts";
import { GiveOn } from "../carrying/GiveOn.tsx";
import { TakeIn } from "../carrying/TakeIn.tsx";
import { localTime, measured } from "../device/clock.ts";
import { Kept } from "../parts/Kept.tsx";
import { counts, day, heard, synchronise } from "../state.ts";
import type { Waiting } from "../store/db.ts";
import { language, say } from "../words/index.ts";
import { everything } from "./outbox.ts";

export function OnThisPhone() {
  const acts = useSignal<Waiting[]>([]);
  const table = useSignal<RuleTable | null>(null);
  const { saved, received } = counts.value;

  useEffect(() => {
    void everything().then((all) => {
      acts.value = all.reverse();
    });
    void tableOf(day.value?.rules ?? 1).then((found) => {
      table.value = found;
    });
  }, [saved, received]);

  const named = (kind: string) => table.value?.file.acts[kind]?.[language.value] ?? "";
  return (
    <main class="page">
      <h1>{say("outboxTitle")}</h1>
      <Kept />
      <p class="soft">{say("outboxLead")}</p>
      {received < saved && !heard.value && <p class="notice">{say("notSentYet")}</p>}
      {saved > 0 && received === saved && <p class="state">{say("allReceived")}</p>}
      <button type="button" onClick={() => void synchronise()}>
        {say("syncNow")}
      </button>
      {acts.value.length === 0 && <p>{say("nothingMade")}</p>}
      <ul class="list">
        {acts.value.map((act) => (
          <li key={act.seq} class="line">
            <p class="head">
              <span>{localTime(act.at + (measured() ?? 0))}</span>
              <span>{named(act.kind)}</span>
            </p>
            <p class={act.standing === "refused" ? "state bad" : act.standing === null ? "soft" : "state"}>
              {stands(act)}
            </p>
            {act.problem && (
              <p>
                {act.problem.title} {act.problem.detail}
              </p>
            )}
          </li>
        ))}
      </ul>
      <GiveOn />
      <TakeIn />
      <button type="button" class="main" onClick={() => history.back()}>
        {say("back")}
      </button>
    </main>
  );
}

function stands(act: Waiting): string {
  if (act.standing === null) return say("stateSaved");
  if (act.standing === "refused") return say("stateRefused");
  return act.standing === "applied" ? say("stateReceived") : say("stateReview");
}
