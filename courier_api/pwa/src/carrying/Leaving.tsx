/** Signing out although not all is sent: only after all of it went into a file, and never by a slip of the finger. */
import "./words.ts";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useAsking } from "../parts/asking.ts";
import { Field } from "../parts/Field.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { signOut } from "../state.ts";
import { go } from "../where.ts";
import { say } from "../words/index.ts";
import { allHandedOn } from "./giving.ts";

export function Leaving({ left }: { left: { acts: number; files: number } }) {
  const { wrong, busy, ask } = useAsking();
  const may = useSignal(false);
  const typed = useSignal("");
  const n = left.acts + left.files;

  useEffect(() => {
    void allHandedOn().then((found) => {
      may.value = found;
    });
  }, [n]);

  async function leave(): Promise<string | null> {
    if (typed.value.trim() !== String(n)) return say("leavingNumber", { n });
    if (!(await allHandedOn())) return say("leavingFirst");
    await signOut(true);
    go({ at: "today" });
    return null;
  }

  if (!may.value) return <p>{say("leavingFirst")}</p>;
  return (
    <Form send={() => ask(leave)}>
      <p class="notice">{say("leavingAfter", left)}</p>
      <Field
        label={say("leavingType", { n })}
        value={typed}
        inputMode="numeric"
        maxLength={5}
        wrong={wrong.value !== null}
      />
      <Send word={say("leaveNow")} wrong={wrong.value} busy={busy.value} plain id="leaving-wrong" />
    </Form>
  );
}
