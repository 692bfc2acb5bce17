/** What is to be paid: cash with change, a transfer that is waited for, or not paid, with the reason (F09). A house pays
 * once for all its cases. */
import { useSignal } from "@preact/signals";
import type { Here } from "../visit/here.ts";
import { feeName, procedureName } from "../visit/names.ts";
import type { StepProps } from "../visit/step.tsx";
import { isPaid, isSettled } from "../visit/steps.ts";
import { dueNow } from "../visit/view.ts";
import { dong, say } from "../words/index.ts";
import { Cash } from "./Cash.tsx";
import { type Bill, sum, total } from "./paying.ts";
import { Transfer } from "./Transfer.tsx";
import { transferState } from "./transferState.ts";
import { Unpaid } from "./Unpaid.tsx";

type Way = "cash" | "transfer" | "unpaid";
const WAYS: readonly Way[] = ["cash", "transfer", "unpaid"];

export function Money({ here, house }: StepProps) {
  const way = useSignal<Way>(here.view.transfer ? "transfer" : "cash");
  const alone = useSignal(false);
  if (isSettled(here)) return <Settled here={here} />;
  // What another case of the house is waiting for from its bank is not asked for again.
  const owing = house.filter((one) => one === here || (!one.view.over && !isPaid(one)));
  const paying = alone.value || here.view.transfer ? [here] : owing;
  const bills = paying.map(bill);
  return (
    <>
      <Lines paying={paying} bills={bills} />
      {owing.length > 1 && !here.view.transfer && (
        <button
          type="button"
          class="plain"
          onClick={() => {
            alone.value = !alone.value;
          }}
        >
          {say(alone.value ? "payTogether" : "payAlone")}
        </button>
      )}
      <fieldset class="ways">
        <legend>{say("howPaid")}</legend>
        {WAYS.map((one) => (
          <label key={one} class="choice">
            <input
              type="radio"
              name="way"
              checked={way.value === one}
              onChange={() => {
                way.value = one;
              }}
            />
            <span>{say(`${one}Way`)}</span>
          </label>
        ))}
      </fieldset>
      {way.value === "cash" && <Cash key={total(bills)} visit_id={here.part.visit_id} bills={bills} />}
      {way.value === "transfer" && <Transfer here={here} bills={bills} />}
      {way.value === "unpaid" && <Unpaid visit_id={here.part.visit_id} bills={bills} />}
    </>
  );
}

const bill = ({ part, view }: Here): Bill => ({ case_id: part.case_id, owed: dueNow(view, part.purpose) });

function Settled({ here: { view } }: { here: Here }) {
  if (view.transfer && view.collected === 0)
    return (
      <p class="state">
        {transferState(view.transfer.state)}: {dong(view.transfer.total)} · {view.transfer.reference}
      </p>
    );
  if (view.collected === 0) return <p>{say("nothingToPay")}</p>;
  return (
    <p class="state">
      {say("collected")}: {dong(view.collected)} · {say("slipNumber", { n: view.slipNumber ?? "" })}
    </p>
  );
}

function Lines({ paying, bills }: { paying: Here[]; bills: Bill[] }) {
  return (
    <dl class="sums">
      {paying.flatMap((here, place) => [
        ...(paying.length > 1 ? [<Head key={here.part.case_id} here={here} bill={bills[place]!} />] : []),
        ...bills[place]!.owed.map((line) => (
          <div key={line.charge_id}>
            <dt>{feeName(here, line.line)}</dt>
            <dd>{dong(line.amount)}</dd>
          </div>
        )),
      ])}
      <div class="total">
        <dt>{say("total")}</dt>
        <dd>{dong(total(bills))}</dd>
      </div>
    </dl>
  );
}

function Head({ here, bill: { owed } }: { here: Here; bill: Bill }) {
  return (
    <div class="head">
      <dt>{procedureName(here)}</dt>
      <dd>{dong(sum(owed))}</dd>
    </div>
  );
}
