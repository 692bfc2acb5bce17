import { useSignal } from "@preact/signals";
import { useAsking } from "../parts/asking.ts";
import { Field } from "../parts/Field.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { GatePage } from "../parts/Gate.tsx";
import { Scanner } from "../scanning/Scanner.tsx";
import { enrol } from "../state.ts";
import { say } from "../words/index.ts";
import { Borrowing } from "./Borrowing.tsx";
import { ENROLMENT, lettersOf } from "./line.ts";

const LENGTH = 26;

export function Enrol() {
  const { wrong, busy, ask } = useAsking();
  const code = useSignal("");
  const scanning = useSignal(false);

  function send(): Promise<boolean> {
    return ask(async () => (lettersOf(code.value).length === LENGTH ? enrol(code.value) : say("enrolShort")));
  }

  if (scanning.value) {
    const take = (text: string) => {
      if (!text.startsWith(ENROLMENT)) return false;
      scanning.value = false;
      code.value = text;
      void send();
      return true;
    };
    const leave = () => {
      scanning.value = false;
    };
    return <Scanner take={take} leave={leave} />;
  }
  return (
    <Borrowing>
      {(way) => (
        <GatePage title={say("enrolTitle")} lead={say("enrolLead")}>
          <button
            type="button"
            class="main"
            onClick={() => {
              scanning.value = true;
            }}
          >
            {say("scanCode")}
          </button>
          <Form send={send}>
            <Field label={say("enrolCode")} value={code} wrong={wrong.value !== null} autocapitalize="characters" />
            <Send word={say("enrolButton")} wrong={wrong.value} busy={busy.value} plain />
          </Form>
          {way}
        </GatePage>
      )}
    </Borrowing>
  );
}
