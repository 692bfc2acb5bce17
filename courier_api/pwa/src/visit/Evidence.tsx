/** What speaks for the reason: asked for by name, never in the way (F12). */
import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import reasons from "../../../../backend/acts/rules/reasons.json";
import { mayShowPeople } from "../consents/answers.ts";
import { Camera } from "../documents/Camera.tsx";
import { day, notes } from "../state.ts";
import { language, say } from "../words/index.ts";
import { logCall, photographGate } from "./doing.ts";
import { kindOf, type Reason, type There, there } from "./evidence.ts";
import type { Here } from "./here.ts";

interface Asked {
  here: Here;
  reason: Reason;
  said: Signal<Record<string, string>>;
}

const named = (code: string): string => {
  const found = reasons.evidence.find((one) => one.code === code);
  return (language.value === "en" ? found?.en : found?.vi) ?? code;
};

export function Evidence({ here, reason, said }: Asked) {
  const shooting = useSignal(false);
  if (shooting.value) {
    return (
      <Camera
        title={named("gate_photo")}
        people={mayShowPeople(day.value, [here.part.case_id], notes.value)}
        take={async (picture) => {
          await photographGate(here.part.visit_id, here.part.case_id, picture);
          shooting.value = false;
        }}
        leave={() => {
          shooting.value = false;
        }}
      />
    );
  }
  const seen = there(notes.value, here.part.visit_id);
  const shoot = () => {
    shooting.value = true;
  };
  return (
    <fieldset>
      <legend>{say("evidence")}</legend>
      {reason.evidence.map((code) => (
        <One key={code} here={here} code={code} seen={seen} said={said} shoot={shoot} />
      ))}
    </fieldset>
  );
}

interface Part {
  here: Here;
  code: string;
  seen: There;
  said: Signal<Record<string, string>>;
  shoot: () => void;
}

function One({ here, code, seen, said, shoot }: Part) {
  const set = (text: string) => {
    said.value = { ...said.value, [code]: text };
  };
  switch (kindOf(code)) {
    case "photograph":
      return (
        <div class="line">
          <p>
            {named(code)}
            {seen.gate && " ✓"}
          </p>
          <button type="button" onClick={shoot}>
            {say("takePicture")}
          </button>
        </div>
      );
    case "calls":
      return <Calls here={here} code={code} made={seen.calls} />;
    case "place":
      return <p class="soft">{say("placeByItself")}</p>;
    case "tick":
      return (
        <label class="choice">
          <input
            type="checkbox"
            checked={(said.value[code] ?? "") !== ""}
            onChange={(event) => set(event.currentTarget.checked ? "1" : "")}
          />
          <span>{named(code)}</span>
        </label>
      );
    case "text":
      return (
        <label>
          {named(code)}
          <input value={said.value[code] ?? ""} maxLength={300} onInput={(event) => set(event.currentTarget.value)} />
        </label>
      );
  }
}

const OUTCOMES = ["reached", "no_answer", "busy", "wrong_number"] as const;

/** A call is made with the phone's own dialler; what came of it is told by one press. */
function Calls({ here, code, made }: { here: Here; code: string; made: number }) {
  const phone = here.one?.phone;
  return (
    <div class="line">
      <p>
        {named(code)}: {say("callsMade", { n: made })}
      </p>
      {phone ? (
        <a class="button" href={`tel:${phone.replaceAll(" ", "")}`}>
          {say("call")}
        </a>
      ) : (
        <p class="soft">{say("noPhone")}</p>
      )}
      {phone && (
        <div class="notes">
          {OUTCOMES.map((outcome) => (
            <button
              key={outcome}
              type="button"
              class="small"
              onClick={() => void logCall(here.part.visit_id, here.part.case_id, outcome)}
            >
              {say(outcome)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
