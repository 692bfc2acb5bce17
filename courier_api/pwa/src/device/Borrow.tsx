/** Mượn máy (F11): a spare phone of the post, with eight digits that the dispatcher reads out. */
import { useSignal } from "@preact/signals";
import { useAsking } from "../parts/asking.ts";
import { Field } from "../parts/Field.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { GatePage } from "../parts/Gate.tsx";
import { borrow } from "../state.ts";
import { say } from "../words/index.ts";

const CODE = /^[0-9]{8}$/;

export function Borrow({ leave }: { leave: () => void }) {
  const { wrong, busy, ask } = useAsking();
  const code = useSignal("");

  async function send(): Promise<string | null> {
    const typed = code.value.replaceAll(/\s/g, "");
    if (!CODE.test(typed)) return say("codeDigits");
    await borrow(typed);
    return null;
  }

  return (
    <GatePage title={say("borrowTitle")} lead={say("borrowLead")}>
      <Form send={() => ask(send)}>
        <Field
          label={say("borrowCode")}
          value={code}
          inputMode="numeric"
          maxLength={9}
          class="pin"
          wrong={wrong.value !== null}
        />
        <Send word={say("borrowButton")} wrong={wrong.value} busy={busy.value} />
      </Form>
      <button type="button" class="plain" onClick={leave}>
        {say("back")}
      </button>
    </GatePage>
  );
}
