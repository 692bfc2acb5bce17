/** Chuyển khoản: a VietQR made on this phone from the day's payee and the phone's own reference, also without a network.
 * Nobody types an account. The visit goes on while the bank is waited for. */
import { localDate } from "../device/clock.ts";
import { useAsking } from "../parts/asking.ts";
import { Form, Send } from "../parts/Form.tsx";
import { QrCode } from "../parts/QrCode.tsx";
import { day, now } from "../state.ts";
import type { Payee } from "../sync/day.ts";
import type { Here } from "../visit/here.ts";
import type { Transfer as Shown } from "../visit/view.ts";
import { back } from "../where.ts";
import { dong, say } from "../words/index.ts";
import { bare } from "../words/text.ts";
import { askForTransfer, type Bill, saidSent } from "./paying.ts";
import { transferState } from "./transferState.ts";
import { encoded } from "./vietqr.ts";

export function Transfer({ here, bills }: { here: Here; bills: Bill[] }) {
  const { wrong, busy, ask } = useAsking();
  const shown = here.view.transfer;
  const payee = payees()[0];

  async function keep(): Promise<string | null> {
    if (!payee) return say("noPayee");
    return (await askForTransfer(here.part.visit_id, bills, payee)) ? null : say("noReferences");
  }

  if (shown) return <Code here={here} shown={shown} />;
  return (
    <Form send={() => ask(keep)}>
      {payee && <p>{say("payeeIs", { name: payee.holder })}</p>}
      <Send wrong={wrong.value} busy={busy.value} word={say("showCode")} />
    </Form>
  );
}

/** Accounts that hold today. */
function payees(): Payee[] {
  const today = localDate(now.value);
  return (day.value?.payees ?? []).filter(
    ({ valid_from, valid_until }) => (valid_from ?? today) <= today && (valid_until === null || today < valid_until),
  );
}

function Code({ here, shown }: { here: Here; shown: Shown }) {
  const { busy, ask } = useAsking();
  const payee = day.value?.payees.find((one) => one.account_id === shown.account_id);
  return (
    <>
      {payee && (
        <QrCode
          label={say("transferCode")}
          text={encoded({
            bin: payee.bank_bin,
            account: payee.account,
            amount: shown.together,
            name: bare(payee.holder).slice(0, 25),
            reference: shown.reference,
          })}
        />
      )}
      <dl class="sums">
        <div class="total">
          <dt>{say("transferAmount")}</dt>
          <dd>{dong(shown.together)}</dd>
        </div>
        {payee && (
          <div class="told">
            <dt>{say("payee")}</dt>
            <dd>
              {payee.holder}
              <br />
              {payee.account}
            </dd>
          </div>
        )}
        <div class="told">
          <dt>{say("reference")}</dt>
          <dd class="reference">{shown.reference}</dd>
        </div>
      </dl>
      <p class="state" role="status">
        {transferState(shown.state)}
      </p>
      {shown.state === "waiting_transfer" && (
        <button
          type="button"
          aria-busy={busy.value}
          onClick={() => void ask(() => saidSent(here.part.case_id, shown.payment_id).then(() => null))}
        >
          {say("saidSent")}
        </button>
      )}
      <button type="button" class="main" onClick={back}>
        {say("bankTellsLater")}
      </button>
    </>
  );
}
