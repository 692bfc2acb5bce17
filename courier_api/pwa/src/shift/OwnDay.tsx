/** On the first screen: whether the day has begun, and what changed on the list since it was accepted. */

import { localDate } from "../device/clock.ts";
import { useAsking } from "../parts/asking.ts";
import { now as moment, ownDay } from "../state.ts";
import { go } from "../where.ts";
import { dong, say, written } from "../words/index.ts";
import { accept } from "./doing.ts";
import type { JobChange } from "./own.ts";

export function OwnDay() {
  const { shift, unsent, undecided } = ownDay.value ?? { shift: undefined, unsent: 0, undecided: 0 };
  if (shift === undefined) return null;
  if (shift === null) {
    return (
      <section class="card">
        <p>{say("notBegun")}</p>
        <button type="button" class="main" onClick={() => go({ at: "begin shift" })}>
          {say("beginShift")}
        </button>
      </section>
    );
  }
  if (shift.state === "open") return <Changes shift={shift.shift_id} />;
  const words = { counted: "shiftCounted", provisional: "shiftProvisional", closed: "shiftClosed" } as const;
  return (
    <p class="notice" role="status">
      {say(words[shift.state as keyof typeof words])}
      {unsent > 0 && ` · ${say("waitingForSync", { n: dong(unsent) })}`}
      {undecided > 0 && ` · ${say("waitingForPerson", { n: dong(undecided) })}`}
    </p>
  );
}

function Changes({ shift }: { shift: string }) {
  const { busy, ask } = useAsking();
  const changes = ownDay.value?.changes ?? [];
  if (changes.length === 0) return null;
  return (
    <section class="card" aria-labelledby="changed">
      <h2 id="changed">{say("changedTitle", { n: changes.length })}</h2>
      <ul class="list">
        {changes.map((one) => (
          <li key={`${one.visit_id} ${one.case_id}`}>{inWords(one)}</li>
        ))}
      </ul>
      <button type="button" class="main" aria-busy={busy.value} onClick={() => void ask(() => accept(shift, changes))}>
        {say("understood")}
      </button>
    </section>
  );
}

const WORDS = {
  new: "changedNew",
  moved: "changedMoved",
  cancelled: "changedCancelled",
  taken_away: "changedTaken",
} as const;

function inWords(one: JobChange): string {
  const name = one.owner_name ?? "";
  return say(WORDS[one.what as keyof typeof WORDS], {
    name,
    now: when(one.day, one.window),
    before: when(one.was_day, one.was_window),
  });
}

/** The day only where it is not today. */
const when = (day: string | null, window: string): string =>
  day === null || day === localDate(moment.value) ? window : `${window}, ${written(day)}`;
