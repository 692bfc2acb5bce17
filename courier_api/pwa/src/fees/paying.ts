/** Money at a door, as acts: cash under a slip's number, a transfer under a reference, or why nothing was paid. One
 * payment may be for several cases of a house (F09): each has its own act, and all are kept or none. */
import { newId } from "../acts/ids.ts";
import type { Made } from "../acts/record.ts";
import { does, onCase, onEach, tellAll } from "../acts/tell.ts";
import { day } from "../state.ts";
import { kept as shelved } from "../store/db.ts";
import type { Payee } from "../sync/day.ts";
import type { Owed } from "../visit/view.ts";
import { reference } from "./reference.ts";

/** What one case has to pay. */
export interface Bill {
  case_id: string;
  owed: Owed[];
}

export const sum = (owed: readonly Owed[]): number => owed.reduce((total, line) => total + line.amount, 0);
export const total = (bills: readonly Bill[]): number => bills.reduce((all, bill) => all + sum(bill.owed), 0);

const lines = (owed: readonly Owed[]) => owed.map(({ charge_id, amount }) => ({ charge_id, amount }));

/** Named only where there are several. */
const together = (bills: readonly Bill[]) => (bills.length > 1 ? { id: newId(), total: total(bills) } : null);

class NoneLeft extends Error {}

/** Under the next numbers of this phone's blocks. `tendered`: đồng, for all. False: it has no number left, and then
 * nothing may be taken. */
export async function collect(visit_id: string, bills: readonly Bill[], tendered: number): Promise<boolean> {
  const order = together(bills);
  const change = tendered - total(bills);
  return unlessNoneLeft(async () => {
    let given = await last("slip");
    const made: Made[] = [];
    for (const [place, { case_id, owed }] of bills.entries()) {
      given = next(given, day.value?.slip_blocks ?? []);
      const back = place === 0 ? change : 0;
      const paid = { lines: lines(owed), total: sum(owed), means: "cash", tendered: sum(owed) + back, change: back };
      const body = { visit_id, slip_number: given, ...paid, ...(order ? { order } : {}) };
      made.push({ act: await onCase("collect", case_id, body), beside: { device: { slip: given } } });
    }
    return made;
  });
}

/** A code to be shown: one reference for all. False: this phone has no number left. */
export async function askForTransfer(visit_id: string, bills: readonly Bill[], payee: Payee): Promise<boolean> {
  const order = together(bills);
  return unlessNoneLeft(async () => {
    const number = next(await last("reference"), day.value?.reference_blocks ?? []);
    const asked = { visit_id, account_id: payee.account_id, reference: reference(number) };
    return Promise.all(
      bills.map(async ({ case_id, owed }) => {
        const body = {
          ...asked,
          payment_id: newId(),
          lines: lines(owed),
          total: sum(owed),
          ...(order ? { order } : {}),
        };
        return { act: await onCase("show_payment_code", case_id, body), beside: { device: { reference: number } } };
      }),
    );
  });
}

async function unlessNoneLeft(make: () => Promise<Made[]>): Promise<boolean> {
  try {
    await tellAll(make);
    return true;
  } catch (error) {
    if (error instanceof NoneLeft) return false;
    throw error;
  }
}

const last = async (shelf: "slip" | "reference"): Promise<number> => (await shelved<number>(shelf)) ?? 0;

/** A number is given out once, for ever: the last one is kept with the act that took it. Throws NoneLeft. */
function next(given: number, blocks: readonly { first_number: number; last_number: number }[]): number {
  for (const block of [...blocks].sort((one, other) => one.first_number - other.first_number)) {
    if (block.last_number > given) return Math.max(block.first_number, given + 1);
  }
  throw new NoneLeft();
}

export const saidSent = (case_id: string, payment_id: string) => does("record_transfer_said", case_id, { payment_id });

export const recordUnpaid = (visit_id: string, bills: readonly Bill[], reason: string) =>
  onEach("record_unpaid", bills, ({ case_id, owed }) => ({
    case_id,
    body: { visit_id, charge_ids: owed.map((line) => line.charge_id), reason },
  }));
