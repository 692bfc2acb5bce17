/** What a courier does about the own day, as acts: also without a network. */
import { newId } from "../acts/ids.ts";
import type { Beside } from "../acts/record.ts";
import { about, type Body, tellAll } from "../acts/tell.ts";
import { localDate } from "../device/clock.ts";
import { currentSession } from "../device/line.ts";
import { day } from "../state.ts";
import { type Job, job, jobsOf, type Shift } from "./own.ts";

const onShift = (kind: string, id: string, body: Body) => about({ kind: "shift", id }, kind, body);
const does = (kind: string, id: string, body: Body) => tellAll(async () => [{ act: await onShift(kind, id, body) }]);

/** The change money is in the bag, and the list of today is accepted as it stands. */
export async function begin(float_amount: number, beside: Beside): Promise<void> {
  const session = await currentSession();
  const known = day.value;
  if (!session || !known) throw new Error("a day begins on a phone that knows its list");
  const [id, today] = [newId(), localDate()];
  const jobs = jobsOf(known, today);
  await tellAll(async () => [
    { act: await onShift("begin_shift", id, { unit: session.unit, day: today, float_amount }), beside },
    ...(jobs.length > 0 ? [{ act: await onShift("accept_jobs", id, { jobs: jobs.map(job) }) }] : []),
  ]);
}

export const accept = (shift: string, jobs: Job[]) => does("accept_jobs", shift, { jobs: jobs.map(job) });

export const payIn = (shift: Shift, amount: number) => does("remit", shift.shift_id, { amount, unit: shift.unit_id });

export interface Counted {
  counted: number;
  reason: string | null;
  sets_left: number[];
  /** Sets that are torn up, or that nobody can show. */
  sets_gone: { numbers: number[]; why: "torn" | "lost" } | null;
}

export const close = (shift: Shift, count: Counted, beside: Beside) => counts("close_shift", shift, count, {}, beside);

/** `awaited`: đồng of slips that the centre will not have heard of when it hears of this count: those in review, and
 * those of another phone. What this phone has still to send goes before the count, and is there when it comes. */
export const closeProvisionally = (shift: Shift, awaited: number, count: Counted, beside: Beside) =>
  counts("close_shift_provisionally", shift, count, { awaited }, beside);

async function counts(kind: string, shift: Shift, count: Counted, more: Body, beside: Beside): Promise<void> {
  const { counted, reason, sets_left, sets_gone } = count;
  const body = { counted, ...more, sets_left, ...(reason ? { reason } : {}) };
  await tellAll(
    async () => [
      ...(sets_gone ? [{ act: await givesUp(shift, sets_gone) }] : []),
      { act: await onShift(kind, shift.shift_id, body) },
    ],
    beside,
  );
}

const givesUp = ({ unit_id }: Shift, { numbers, why }: NonNullable<Counted["sets_gone"]>) =>
  about({ kind: "unit", id: unit_id }, why === "torn" ? "void_label_sets" : "record_label_loss", {
    numbers,
    reason: why,
  });
