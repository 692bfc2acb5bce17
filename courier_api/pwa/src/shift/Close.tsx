/** Chốt ca: cash is counted before the book is looked at; what stands in the way is said in the rule table's own words.
 * Where something has not been received yet, the day is closed provisionally. */
import "./words.ts";
import { type Signal, useSignal } from "@preact/signals";
import { type Count, NOTHING, sum } from "../fees/banknotes.ts";
import { Amount } from "../parts/Amount.tsx";
import { useAsking } from "../parts/asking.ts";
import { Choice } from "../parts/Choice.tsx";
import { madeFrom, useDraft } from "../parts/draft.ts";
import { Form, Send } from "../parts/Form.tsx";
import { useGuard } from "../parts/guard.ts";
import { counts, inHand, ownDay } from "../state.ts";
import { back } from "../where.ts";
import { dong, say } from "../words/index.ts";
import { Banknotes } from "./Banknotes.tsx";
import { close, closeProvisionally } from "./doing.ts";
import { Held } from "./Held.tsx";
import { Sets, useSets } from "./Sets.tsx";

const DRAFT = "close of day";
const ELSEWHERE = "close of day, elsewhere";
const REASONS = ["wrong_change", "false_note", "counted_wrong", "slip_lost", "unknown", "other"] as const;

/** Đồng of slips on another phone. */
interface Elsewhere {
  amount: number;
}

const NONE: Elsewhere = { amount: 0 };

export function Close() {
  const { wrong, busy, ask } = useAsking();
  const notes = useDraft<Count>(DRAFT, NOTHING);
  const elsewhere = useDraft<Elsewhere>(ELSEWHERE, NONE);
  const reason = useSignal("");
  const { judge } = useGuard();
  const now = ownDay.value;
  const { sets, papers } = inHand.value;
  const bag = useSets(sets);

  if (!now?.shift || now.shift.state === "closed" || now.shift.state === "provisional") return <NothingToClose />;
  const { shift } = now;
  const counted = sum(notes.value);
  // Counted again, the first count lies in the till already.
  const expected = now.cash + elsewhere.value.amount + (shift.counted ?? 0);
  const difference = counted - expected;
  const compared = counted > 0 || wrong.value !== null;
  const unsent = counts.value.saved - counts.value.received;
  const waits = unsent > 0 || now.undecided > 0 || elsewhere.value.amount > 0;

  /** The rule table's sentence about what this phone knows; null when nothing stands in the way. */
  function inTheWay(act: "close_shift" | "close_shift_provisionally"): string | null {
    const known = { papers_unexplained: papers, cash_explained: difference === 0 || reason.value !== "" };
    return judge("shift", shift.state, act, (table) => ({ ...table.usual(), ...known }));
  }

  async function keep(provisionally: boolean): Promise<string | null> {
    const wrongNow = bag.wrong() ?? inTheWay(provisionally ? "close_shift_provisionally" : "close_shift");
    if (wrongNow !== null) return wrongNow;
    const count = {
      counted,
      reason: difference === 0 ? null : reason.value,
      sets_left: sets.filter((number) => !bag.gone.includes(number)),
      sets_gone: bag.gone.length > 0 ? { numbers: bag.gone, why: bag.why.value as "torn" | "lost" } : null,
    };
    const drafts = madeFrom(DRAFT, ELSEWHERE);
    if (provisionally) await closeProvisionally(shift, now!.undecided + elsewhere.value.amount, count, drafts);
    else await close(shift, count, drafts);
    return null;
  }

  const send = async (provisionally: boolean) => (await ask(() => keep(provisionally))) && back();
  return (
    <main class="page">
      <h1>{say("closeShift")}</h1>
      <Form send={() => send(waits)}>
        <Banknotes legend={say("cashNotes")} lead={say("cashLead")} count={notes} />
        {compared && <Compared expected={expected} unsent={now.unsent} difference={difference} />}
        {compared && difference !== 0 && (
          <Choice legend={say("whyDifferent")} chosen={reason} among={REASONS.map((one) => [one, say(one)])} />
        )}
        <Sets sets={sets} {...bag} />
        <Held />
        <OnAnotherPhone elsewhere={elsewhere} />
        {waits && <p class="notice">{say("whyProvisional")}</p>}
        <Send word={say(waits ? "closeProvisionally" : "closeShift")} wrong={wrong.value} busy={busy.value} />
        {!waits && papers > 0 && (
          <button type="button" onClick={() => void send(true)}>
            {say("closeProvisionally")}
          </button>
        )}
      </Form>
      <button type="button" onClick={back}>
        {say("back")}
      </button>
    </main>
  );
}

function Compared({ expected, unsent, difference }: { expected: number; unsent: number; difference: number }) {
  return (
    <dl class="sums">
      <div>
        <dt>{say("byTheBook")}</dt>
        <dd>{dong(expected)}</dd>
      </div>
      {unsent > 0 && (
        <div>
          <dt>{say("waitingForSync", { n: "" })}</dt>
          <dd>{dong(unsent)}</dd>
        </div>
      )}
      <div class="total">
        <dt>{say("difference")}</dt>
        <dd>{difference < 0 ? `−${dong(-difference)}` : dong(difference)}</dd>
      </div>
    </dl>
  );
}

/** A day may have been worked on two phones: what the other has still to send is asked for, not known. */
function OnAnotherPhone({ elsewhere }: { elsewhere: Signal<Elsewhere> }) {
  return (
    <Amount
      label={say("elsewhereCash")}
      lead={say("elsewhereLead")}
      value={elsewhere.value.amount}
      change={(amount) => {
        elsewhere.value = { amount };
      }}
    />
  );
}

function NothingToClose() {
  return (
    <main class="page">
      <h1>{say("closeShift")}</h1>
      <p class="notice">{say(ownDay.value?.shift ? "closedLead" : "notBegun")}</p>
      <button type="button" onClick={back}>
        {say("back")}
      </button>
    </main>
  );
}
