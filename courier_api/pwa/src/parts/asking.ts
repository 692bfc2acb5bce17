/** One thing done at a time, and a sentence when it does not go. */
import { useSignal } from "@preact/signals";
import { NotHeard, Refused } from "../device/line.ts";
import { say } from "../words/index.ts";

export function useAsking() {
  const wrong = useSignal<string | null>(null);
  const busy = useSignal(false);

  /** `work` may say what is wrong: a text, in words for people. Whether nothing was; pressed twice is done once. */
  async function ask(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    try {
      const said = await work();
      wrong.value = typeof said === "string" ? said : null;
    } catch (error) {
      wrong.value = sentence(error);
    } finally {
      busy.value = false;
    }
    return wrong.value === null;
  }

  return { wrong, busy, ask };
}

/** Throws what nobody has words for. */
function sentence(error: unknown): string {
  if (error instanceof NotHeard) return say("noNetwork");
  if (error instanceof Refused) return [error.title, error.message].filter(Boolean).join(" ");
  if (error instanceof DOMException && error.name === "QuotaExceededError") return say("storageFull");
  throw error;
}
