/** What lies on this phone and what the centre has: two facts, side by side. */
import { counts } from "../state.ts";
import { say } from "../words/index.ts";

export function Kept() {
  const { saved, received } = counts.value;
  return (
    <p class="soft">
      {say("savedHere", { n: saved })} · {say("receivedThere", { n: received })}
    </p>
  );
}
