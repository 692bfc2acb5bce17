import { useSignal } from "@preact/signals";
import { useAsking } from "../parts/asking.ts";
import { Form, Send } from "../parts/Form.tsx";
import { GatePage } from "../parts/Gate.tsx";
import { PinInput } from "../parts/PinInput.tsx";
import { choosePin } from "../state.ts";
import { say } from "../words/index.ts";
import { DIGITS, isEasy } from "./pin.ts";

export function ChoosePin() {
  const { wrong, busy, ask } = useAsking();
  const pin = useSignal("");
  const again = useSignal("");

  async function choose(): Promise<string | null> {
    if (!DIGITS.test(pin.value)) return say("pinDigits");
    if (isEasy(pin.value)) return say("pinEasy");
    if (pin.value !== again.value) return say("pinDiffers");
    await choosePin(pin.value);
    return null;
  }

  return (
    <GatePage title={say("pinTitle")} lead={say("pinLead")}>
      <Form send={() => ask(choose)}>
        <PinInput label={say("pin")} value={pin} wrong={wrong.value !== null} />
        <PinInput label={say("pinAgain")} value={again} wrong={wrong.value !== null} />
        <Send word={say("pinSave")} wrong={wrong.value} busy={busy.value} />
      </Form>
    </GatePage>
  );
}
