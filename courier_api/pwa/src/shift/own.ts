/** The courier's own day: what the centre last said, and over it what was done on this phone since. Pure. */
import type { Noted } from "../acts/record.ts";
import type { components } from "../api";
import type { Known } from "../sync/day.ts";

type Schemas = components["schemas"];
export type JobChange = Schemas["JobChange"];
export type Job = Schemas["Job"];

export interface Shift {
  shift_id: string;
  unit_id: string;
  day: string;
  /** Of the machine `shift`. */
  state: string;
  /** Đồng; null until it was counted. */
  counted: number | null;
  difference: number | null;
}

export interface Own {
  /** The open one, or the last of today. */
  shift: Shift | null;
  /** Đồng in hand: float, and collected, less what was paid in. */
  cash: number;
  /** Of it đồng of slips that the centre has not received. */
  unsent: number;
  /** Of it đồng of slips that the centre has received and not decided. */
  undecided: number;
  changes: JobChange[];
}

const COUNTS = new Set(["close_shift", "close_shift_provisionally"]);

/** `undecided`: numbers of acts that the centre has and a person must look at. */
export function own(known: Known, notes: readonly Noted[], undecided: ReadonlySet<number>, today: string): Own {
  const unheard = (note: Noted) => note.seq >= known.next_seq;
  const count = notes.filter((note) => COUNTS.has(note.kind)).at(-1);
  // What was counted has left her hands, whenever the centre hears of it.
  const since = notes.filter((note) => note.seq > (count?.seq ?? 0));
  const open = since.filter((note) => unheard(note) || undecided.has(note.seq));
  const there = count && unheard(count) ? 0 : known.own.cash;
  return {
    shift: shiftNow(known, notes.filter(unheard), today),
    cash: Math.max(0, there + open.reduce((sum, note) => sum + moves(note), 0)),
    unsent: collected(notes.filter(unheard)),
    undecided: collected(since.filter((note) => !unheard(note) && undecided.has(note.seq))),
    changes: stillNew(known, notes.filter(unheard)),
  };
}

/** Đồng into the courier's hands. */
function moves(note: Noted): number {
  switch (note.kind) {
    case "begin_shift":
      return Number(note.body.float_amount);
    case "remit":
      return -Number(note.body.amount);
    default:
      return collected([note]);
  }
}

const collected = (notes: readonly Noted[]): number =>
  notes
    .filter((note) => note.kind === "collect" && note.body.means === "cash")
    .reduce((sum, note) => sum + Number(note.body.total), 0);

function shiftNow(known: Known, notes: readonly Noted[], today: string): Shift | null {
  const told = known.own.shift;
  let shift: Shift | null = told && (told.state === "open" || told.day === today) ? told : null;
  for (const note of notes) {
    if (note.kind === "begin_shift") {
      const { unit, day } = note.body as { unit: string; day: string };
      shift = { shift_id: note.subject.id, unit_id: unit, day, state: "open", counted: null, difference: null };
    } else if (COUNTS.has(note.kind) && shift?.shift_id === note.subject.id) {
      const state = note.kind === "close_shift" ? "counted" : "provisional";
      shift = { ...shift, state, counted: Number(note.body.counted), difference: null };
    }
  }
  return shift;
}

const asSeen = (job: Job): string => [job.visit_id, job.case_id, job.day ?? "", job.window].join(" ");

/** What was accepted here and has not been heard is no news any more. */
function stillNew(known: Known, notes: readonly Noted[]): JobChange[] {
  const accepting = notes.filter((note) => note.kind === "accept_jobs");
  const seen = new Set(accepting.flatMap((note) => (note.body.jobs as Job[]).map(asSeen)));
  return known.own.changes.filter((change) => !seen.has(asSeen(change)));
}

/** What is accepted of a list, or of a change. */
export const job = ({ visit_id, case_id, day, window }: Job): Job => ({ visit_id, case_id, day, window });

/** Today's list as it is accepted with the begin of the day. */
export const jobsOf = (known: Known, today: string): Job[] =>
  known.visits
    .filter((visit) => visit.day <= today)
    .map(({ visit_id, case_id, day, time_window }) => ({ visit_id, case_id, day, window: time_window }));

/** 412–420, 423 */
export function runs(numbers: readonly number[]): string {
  const found: [number, number][] = [];
  for (const number of [...numbers].sort((one, other) => one - other)) {
    const last = found.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`)).join(", ");
}
