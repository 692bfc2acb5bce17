/** Mã xác minh (F12): large enough to be read across a table. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { localDate } from "../device/clock.ts";
import { day, now } from "../state.ts";
import { say } from "../words/index.ts";
import { changesIn, fromBase32, totp } from "./code.ts";

export function MyCode() {
  const shown = useSignal("");
  const made = day.value?.code;
  const valid = made !== undefined && made.day === localDate(now.value);
  const step = made && valid ? Math.floor(now.value / 1000 / made.step) : 0;

  useEffect(() => {
    if (made && valid)
      void totp(fromBase32(made.secret), now.value, made.step, made.digits).then((code) => {
        shown.value = code;
      });
  }, [step, made?.secret]);

  return (
    <main class="page">
      <h1>{say("myCode")}</h1>
      {made && valid ? (
        <>
          <p>{say("myCodeLead")}</p>
          <p class="badge">
            {say("badge")}: {made.badge}
          </p>
          <p class="code">{`${shown.value.slice(0, 3)} ${shown.value.slice(3)}`}</p>
          <p class="soft">{say("codeChanges", { n: changesIn(now.value, made.step) })}</p>
        </>
      ) : (
        <p class="notice">{say("noCode")}</p>
      )}
      <button type="button" class="main" onClick={() => history.back()}>
        {say("close")}
      </button>
    </main>
  );
}
