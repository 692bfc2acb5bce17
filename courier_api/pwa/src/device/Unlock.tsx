import { useSignal } from "@preact/signals";
import { useAsking } from "../parts/asking.ts";
import { Form, Send } from "../parts/Form.tsx";
import { GatePage } from "../parts/Gate.tsx";
import { Kept } from "../parts/Kept.tsx";
import { lazily } from "../parts/lazily.tsx";
import { PinInput } from "../parts/PinInput.tsx";
import { endsSoon, readableUntil, unlock } from "../state.ts";
import { say } from "../words/index.ts";
import { localTime } from "./clock.ts";
import { guesses } from "./lease.ts";
import { DIGITS } from "./pin.ts";

const Lengthen = lazily(async () => (await import("./Lengthen.tsx")).Lengthen);

export function Unlock() {
  const { wrong, busy, ask } = useAsking();
  const pin = useSignal("");
  const longer = useSignal(false);

  async function open(): Promise<string | null> {
    const typed = pin.value;
    pin.value = "";
    if (!DIGITS.test(typed)) return say("pinDigits");
    return (await unlock(typed)) ? null : say("wrongPin", { n: await guesses() });
  }

  if (longer.value) {
    return (
      <Lengthen
        leave={() => {
          longer.value = false;
        }}
      />
    );
  }
  return (
    <GatePage title={say("unlockTitle")} lead={say("unlockLead")}>
      <Kept />
      <Form send={() => ask(open)}>
        <PinInput label={say("pin")} value={pin} wrong={wrong.value !== null} />
        <Send word={say("unlock")} wrong={wrong.value} busy={busy.value} />
      </Form>
      {endsSoon.value && (
        <>
          <p class="notice">{say("endsSoon", { time: localTime(readableUntil.value ?? 0) })}</p>
          <button
            type="button"
            onClick={() => {
              longer.value = true;
            }}
          >
            {say("lengthenTitle")}
          </button>
        </>
      )}
    </GatePage>
  );
}
