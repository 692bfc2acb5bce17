/** What an incident may touch: cases of this courier, and the papers and parcels in them. Pure. */
import type { Noted } from "../acts/record.ts";
import type { components } from "../api";
import type { Known } from "../sync/day.ts";

export type Touched = components["schemas"]["Touched"];

export interface Thing extends Touched {
  /** Of a paper its component, of a parcel its seal number, where it was sealed here. */
  named: string;
}

export interface OfCase {
  case_id: string;
  owner: string;
  procedure: string;
  things: Thing[];
}

export const keyOf = (one: Touched): string => `${one.case_id} ${one.kind} ${one.id}`;

/** What the centre lists, and what was taken and sealed here since. */
export function touchable(known: Known, notes: readonly Noted[]): OfCase[] {
  return Object.values(known.cases).map((one) => {
    const mine = notes.filter((note) => note.subject.id === one.case_id);
    const things = new Map<string, Thing>();
    const add = (kind: Thing["kind"], id: string, named: string) => {
      const thing = { case_id: one.case_id, kind, id, named };
      things.set(keyOf(thing), thing);
    };
    add("case", one.case_id, "");
    for (const paper of one.papers) add("paper", paper.paper_id, paper.component);
    for (const note of mine.filter((each) => each.kind === "take_papers"))
      for (const paper of note.body.papers as { id: string; component: string }[])
        add("paper", paper.id, paper.component);
    for (const parcel of one.parcels) add("parcel", parcel.parcel_id, "");
    for (const note of mine.filter((each) => each.kind === "seal"))
      add("parcel", String(note.body.parcel_id), String(note.body.seal_number));
    return {
      case_id: one.case_id,
      owner: one.owner_name ?? "",
      procedure: one.procedure,
      things: [...things.values()],
    };
  });
}

/** Whether an incident that was reported here touches one of these cases. */
export const reportedOn = (cases: readonly string[], notes: readonly Noted[]): boolean =>
  notes.some(
    (note) =>
      note.kind === "report_incident" && (note.body.touches as Touched[]).some((one) => cases.includes(one.case_id)),
  );
