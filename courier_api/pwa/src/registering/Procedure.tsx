import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import { localDate } from "../device/clock.ts";
import { Field } from "../parts/Field.tsx";
import { catalogue } from "../state.ts";
import { type Version, versionOn } from "../sync/catalogue.ts";
import { say } from "../words/index.ts";
import { called } from "./called.ts";
import type { Draft, Step } from "./draft.ts";
import { found } from "./finding.ts";

const MOST = 12;

/** Which procedure: typed without tone marks, chosen by a touch. */
export function Procedure({ draft, go }: { draft: Signal<Draft>; go: (next: Step) => void }) {
  const text = useSignal("");
  const today = localDate();
  const all = found(catalogue.value!, text.value, today);
  const { procedure } = draft.value;
  const chosen = versionOn(catalogue.value, procedure, today);

  function choose(version: Version): void {
    const again = version.code === procedure ? {} : { procedure: version.code, counts: {}, competent: "" };
    draft.value = { ...draft.value, ...again };
    go("who");
  }

  return (
    <>
      {procedure !== "" && !chosen && <p class="notice">{say("procedureGone")}</p>}
      {chosen && (
        <button type="button" class="main" onClick={() => choose(chosen)}>
          {say("goOn")}: {called(chosen)}
        </button>
      )}
      <Field label={say("findProcedure")} value={text} />
      <ul class="list">
        {all.slice(0, MOST).map((version) => (
          <li key={version.code}>
            <button type="button" class="step" onClick={() => choose(version)}>
              <span class="what">{called(version)}</span>
              <span class="soft">
                {version.code} · {say(atHome(version))}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p class="soft" role="status">
        {all.length === 0 && say("noSuchProcedure")}
        {all.length > MOST && say("moreProcedures", { n: all.length - MOST })}
      </p>
    </>
  );
}

function atHome({ content: { home } }: Version): "homeYes" | "homeNo" | "homeUnknown" {
  if (home) return "homeYes";
  return home === false ? "homeNo" : "homeUnknown";
}
