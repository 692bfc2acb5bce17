/** Báo sự cố: what happened, what it touches, pictures, and the rest in words. */
import "./words.ts";
import { type Signal, useSignal } from "@preact/signals";
import { mayShowPeople } from "../consents/answers.ts";
import { Camera } from "../documents/Camera.tsx";
import { Amount } from "../parts/Amount.tsx";
import { useAsking } from "../parts/asking.ts";
import { Choice } from "../parts/Choice.tsx";
import { madeFrom, useDraft } from "../parts/draft.ts";
import { Form, Send } from "../parts/Form.tsx";
import { day, notes } from "../state.ts";
import { back } from "../where.ts";
import { language, say } from "../words/index.ts";
import { among, causeOf, KINDS, ofMoney } from "./causes.ts";
import { keepPicture, report } from "./doing.ts";
import { Things } from "./Things.tsx";
import { EMPTY, type Filled, REPORT } from "./touching.ts";

const KIND = "incident, kind";
const WHICH = "incident, which";
const LONGEST = 2000;
const LONGEST_PLACE = 300;

export function Report() {
  const { wrong, busy, ask } = useAsking();
  const kind = useDraft<string>(KIND, "");
  const which = useDraft<string>(WHICH, "");
  const filled = useDraft<Filled>(REPORT, EMPTY);
  const camera = useSignal(false);
  const change = (part: Partial<Filled>) => {
    filled.value = { ...filled.value, ...part };
  };

  async function keep(): Promise<string | null> {
    const cause = causeOf(kind.value, which.value);
    if (cause === null) return say("chooseCause");
    const { amount, ...more } = filled.value;
    if (ofMoney(kind.value) && amount === 0) return say("sayAmount");
    await report({ cause, ...more, amount: ofMoney(kind.value) ? amount : 0 }, madeFrom(REPORT, KIND, WHICH));
    return null;
  }

  if (camera.value) {
    return (
      <main class="page">
        <Camera
          title={say("takeIncidentPicture")}
          people={mayShowPeople(day.value, [...new Set(filled.value.touches.map((one) => one.case_id))], notes.value)}
          take={async (picture) => change({ photographs: [...filled.value.photographs, await keepPicture(picture)] })}
          leave={() => {
            camera.value = false;
          }}
        />
      </main>
    );
  }
  const { photographs } = filled.value;
  return (
    <main class="page">
      <h1>{say("reportIncident")}</h1>
      <p class="soft">{say("incidentLead")}</p>
      <Form send={async () => (await ask(keep)) && back()}>
        <What kind={kind} which={which} />
        {ofMoney(kind.value) && (
          <Amount label={say("moneyTouched")} value={filled.value.amount} change={(amount) => change({ amount })} />
        )}
        <Things touches={filled.value.touches} change={(touches) => change({ touches })} />
        <button
          type="button"
          onClick={() => {
            camera.value = true;
          }}
        >
          {say("takeIncidentPicture")}
        </button>
        {photographs.length > 0 && <p role="status">{say("incidentPictures", { n: photographs.length })}</p>}
        <label>
          {say("wherePlace")}
          <input
            maxLength={LONGEST_PLACE}
            value={filled.value.place}
            onInput={(event) => change({ place: event.currentTarget.value })}
          />
        </label>
        <label>
          {say("whatElse")}
          <textarea
            rows={3}
            maxLength={LONGEST}
            value={filled.value.note}
            onInput={(event) => change({ note: event.currentTarget.value })}
          />
        </label>
        <Send word={say("reportIt")} wrong={wrong.value} busy={busy.value} />
      </Form>
      <button type="button" onClick={back}>
        {say("back")}
      </button>
    </main>
  );
}

/** Kinds of the rule data; where one stands for several causes, which of them. */
function What({ kind, which }: { kind: Signal<string>; which: Signal<string> }) {
  const several = among(kind.value);
  return (
    <>
      <Choice
        legend={say("whatHappened")}
        chosen={kind}
        among={KINDS.map((one) => [one.code, language.value === "en" ? one.en : one.vi])}
      />
      {several.length > 0 && (
        <Choice legend={say("whichOne")} chosen={which} among={several.map((one) => [one, say(one as "short")])} />
      )}
    </>
  );
}
