/** Đăng xuất: only when the centre has everything, or all that waits was handed on; then nothing on this phone can be
 * read any more. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Leaving } from "../carrying/Leaving.tsx";
import { useAsking } from "../parts/asking.ts";
import { Form, Send } from "../parts/Form.tsx";
import { Kept } from "../parts/Kept.tsx";
import { counts, lent, lock, ownDay, signOut, synchronise } from "../state.ts";
import { unsent } from "../sync/carried.ts";
import { back, go } from "../where.ts";
import { say } from "../words/index.ts";

export function SignOut() {
  const { wrong, busy, ask } = useAsking();
  const left = useSignal({ acts: 0, files: 0 });
  const { saved, received } = counts.value;

  useEffect(() => {
    void unsent().then((found) => {
      left.value = found;
    });
  }, [saved, received]);

  const waits = left.value.acts > 0 || left.value.files > 0;
  const open = ownDay.value?.shift?.state === "open";

  async function leave(): Promise<string | null> {
    await synchronise();
    const still = await signOut();
    if (still !== null) return say("notAllSent", { acts: still.acts, files: still.files });
    go({ at: "today" });
    return null;
  }

  return (
    <main class="page">
      <h1>{say(lent.value ? "giveBack" : "signOut")}</h1>
      <Kept />
      <p>{say(lent.value ? "giveBackLead" : "signOutLead")}</p>
      {waits && (
        <>
          <p class="notice">{say("notAllSent", left.value)}</p>
          <p>{say("leaveIt")}</p>
          <button type="button" onClick={() => void lock()}>
            {say("lock")}
          </button>
        </>
      )}
      {open && <p class="notice">{say("shiftStillOpen")}</p>}
      <Form send={() => ask(leave)}>
        <Send word={say(lent.value ? "giveBack" : "signOutNow")} wrong={wrong.value} busy={busy.value} plain />
      </Form>
      {waits && <Leaving left={left.value} />}
      <button type="button" class="main" onClick={back}>
        {say("back")}
      </button>
    </main>
  );
}
