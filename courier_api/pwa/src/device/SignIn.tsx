import { useSignal } from "@preact/signals";
import { useAsking } from "../parts/asking.ts";
import { Field } from "../parts/Field.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { GatePage } from "../parts/Gate.tsx";
import { Kept } from "../parts/Kept.tsx";
import { giveBack, lent, setUpAnew, signedOut, signIn } from "../state.ts";
import { say } from "../words/index.ts";
import { Borrowing } from "./Borrowing.tsx";

export function SignIn() {
  const { wrong, busy, ask } = useAsking();
  const account = useSignal("");
  const password = useSignal("");

  return (
    <Borrowing>
      {(way) => (
        <GatePage title={say("signInTitle")} lead={say(signedOut.value ? "signedOutLead" : "signInLead")}>
          <Kept />
          <Form send={() => ask(() => signIn(account.value.trim(), password.value))}>
            <Field label={say("account")} value={account} autocomplete="username" />
            <Field label={say("password")} value={password} type="password" autocomplete="current-password" />
            <Send word={say("signIn")} wrong={wrong.value} busy={busy.value} />
          </Form>
          {signedOut.value && (
            <button type="button" class="plain" onClick={() => void setUpAnew()}>
              {say("otherCode")}
            </button>
          )}
          {way}
          {lent.value && (
            <button type="button" class="plain" onClick={() => void ask(giveBack)}>
              {say("giveBack")}
            </button>
          )}
        </GatePage>
      )}
    </Borrowing>
  );
}
