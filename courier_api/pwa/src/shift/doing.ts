/** What a courier does about the own day, as acts: also without a network. */
import { newId } from "../acts/ids.ts";
import { about, type Body, tellAll } from "../acts/tell.ts";
import { localDate } from "../device/clock.ts";
import { currentSession } from "../device/line.ts";
import { day } from "../state.ts";
import { type Job, job, jobsOf, type Shift } from "./own.ts";

const onShift = (kind: string, id: string, body: Body) => about({ kind: "shift", id }, kind, body);
const does = (kind: string, id: string, body: Body) => tellAll(async () => [{ act: await onShift(kind, id, body) }]);

/** The change money is in the bag, and the list of today is accepted as it stands. */
export async function begin(float_amount: number): Promise<void> {
  const session = await currentSession();
  const known = day.value;
  if (!session || !known) throw new Error("a day begins on a phone that knows its list");
  const [id, today] = [newId(), localDate()];
  const jobs = jobsOf(known, today);
  await tellAll(async () => [
    { act: await onShift("begin_shift", id, { unit: session.unit, day: today, float_amount }) },
    ...(jobs.length > 0 ? [{ act: await onShift("accept_jobs", id, { jobs: jobs.map(job) }) }] : []),
  ]);
}

export const accept = (shift: string, jobs: Job[]) => does("accept_jobs", shift, { jobs: jobs.map(job) });

export const payIn = (shift: Shift, amount: number) => does("remit", shift.shift_id, { amount, unit: shift.unit_id });

export interface Counted {
  counted: number;
  reason: string | null;
  sets_left: number[];
}

export const close = (shift: Shift, { counted, reason, sets_left }: Counted) =>
  does("close_shift", shift.shift_id, { counted, sets_left, ...(reason ? { reason } : {}) });

/** `awaited`: đồng of slips that the centre will not have heard of when it hears of this count: those in review, and
 * those of another phone. What this phone has still to send goes before the count, and is there when it comes. */
export const closeProvisionally = (shift: Shift, awaited: number, { counted, reason, sets_left }: Counted) =>
  does("close_shift_provisionally", shift.shift_id, { counted, awaited, sets_left, ...(reason ? { reason } : {}) });

/** Sets that are torn up, or that nobody can show. */
export async function giveUpSets(shift: Shift, numbers: number[], why: "torn" | "lost"): Promise<void> {
  const kind = why === "torn" ? "void_label_sets" : "record_label_loss";
  const unit = { kind: "unit" as const, id: shift.unit_id };
  await tellAll(async () => [{ act: await about(unit, kind, { numbers, reason: why }) }]);
}
