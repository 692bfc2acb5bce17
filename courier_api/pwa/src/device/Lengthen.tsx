/** Kéo dài thời hạn máy: the phone's digits to read out, and the code that comes back. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useAsking } from "../parts/asking.ts";
import { Field } from "../parts/Field.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { lengthen, readableUntil } from "../state.ts";
import { say, written } from "../words/index.ts";
import { localTime } from "./clock.ts";
import { shortOf } from "./identity.ts";
import { challenge } from "./lengthening.ts";
import { currentSession } from "./line.ts";

const CODE = /^[0-9]{8}$/;

export function Lengthen({ leave }: { leave: () => void }) {
  const { wrong, busy, ask } = useAsking();
  const shown = useSignal<{ digits: string; day: string } | null>(null);
  const name = useSignal("");
  const code = useSignal("");
  const done = useSignal(false);

  useEffect(() => {
    void challenge().then((found) => {
      shown.value = found;
    });
    void currentSession().then((session) => {
      name.value = session ? shortOf(session.device) : "";
    });
  }, []);

  async function check(): Promise<string | null> {
    const typed = code.value.replaceAll(/\s/g, "");
    if (!CODE.test(typed)) return say("codeDigits");
    const unlike = await lengthen(typed);
    code.value = "";
    if (unlike === null) {
      done.value = true;
      return null;
    }
    if (unlike.why === "too early") return say("codeWait", { n: unlike.wait });
    return say(unlike.why === "wrong" ? "codeWrong" : "cannotLengthen");
  }

  return (
    <main class="page">
      <h1>{say("lengthenTitle")}</h1>
      {done.value ? (
        <p class="state" role="status">
          {say("lengthened", { time: localTime(readableUntil.value ?? 0) })}
        </p>
      ) : shown.value === null ? (
        <p class="notice">{say("cannotLengthen")}</p>
      ) : (
        <>
          <p>{say("lengthenLead")}</p>
          <p class="soft">{say("readThis")}</p>
          <p class="code">{shown.value.digits}</p>
          <p class="badge">
            {say("ofDay", { day: written(shown.value.day) })} · {say("phoneLetters", { name: name.value })}
          </p>
          <Form send={() => ask(check)}>
            <Field
              label={say("theirCode")}
              value={code}
              inputMode="numeric"
              maxLength={9}
              class="pin"
              wrong={wrong.value !== null}
            />
            <Send word={say("lengthenNow")} wrong={wrong.value} busy={busy.value} />
          </Form>
        </>
      )}
      <button type="button" class={done.value ? "main" : "plain"} onClick={leave}>
        {say("back")}
      </button>
    </main>
  );
}
