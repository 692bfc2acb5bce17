/** What the courier carries: by the centre's ledger, and by what was done here that is not in it yet. Pure. */
import type { Noted } from "../acts/record.ts";
import { inHands } from "../custody/held.ts";
import type { Known } from "../sync/day.ts";

/** A case of which the courier holds papers. */
export interface Held {
  case_id: string;
  owner: string;
  papers: number;
}

export interface Carried {
  /** Of citizens; results too. */
  papers: number;
  held: Held[];
  /** Label sets that no parcel has yet. */
  labels: number;
  /** Their numbers. */
  sets: number[];
}

/** Acts after which a label set is good for nothing. */
export const GIVEN_UP: ReadonlySet<string> = new Set(["void_label_sets", "record_label_loss"]);

/** A label onto a parcel. */
const PUTS_ON = new Set(["seal", "relabel"]);

export function carried(known: Known, notes: readonly Noted[]): Carried {
  const bound = new Set(notes.filter((note) => PUTS_ON.has(note.kind)).map((note) => note.body.label));
  const given = notes.filter((note) => GIVEN_UP.has(note.kind)).flatMap((note) => note.body.numbers as number[]);
  const gone = new Set(given);
  const left = known.labels
    .map((label, place) => ({ label, number: known.own.set_numbers[place] }))
    .filter(({ label, number }) => !bound.has(label) && !(number !== undefined && gone.has(number)));
  const sets = left.flatMap(({ number }) => number ?? []);
  const held = byCase(known, notes);
  return { papers: held.reduce((sum, one) => sum + one.papers, 0), held, labels: left.length, sets };
}

function byCase(known: Known, notes: readonly Noted[]): Held[] {
  const found = new Map<string, Held>();
  for (const { case_id, owner, paper_ids } of inHands(known, notes)) {
    const before = found.get(case_id)?.papers ?? 0;
    if (paper_ids.length > 0) found.set(case_id, { case_id, owner, papers: before + paper_ids.length });
  }
  return [...found.values()];
}
