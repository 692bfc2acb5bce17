/** Cases and visits that were born on this phone (F02): they stand beside those of the centre's list until it brings
 * them, and what was ended here stays for the day. Pure. */
import type { Noted } from "../acts/record.ts";
import { type Case, type Known, part, type Visit } from "./day.ts";

/** What the act that registered a case showed. `part`: null where nobody is served there and then. */
export interface Born {
  one: Case;
  part: Visit | null;
}

export function withBorn(told: Known, notes: readonly Noted[]): Known {
  const there = new Set([...told.visits, ...told.past].map(part));
  const gone = new Set(told.gone);
  const born = notes.flatMap((note) => (note.kind === "register" && note.shown ? [note.shown as Born] : []));
  const own = born.flatMap((each) => (each.part ? [{ one: each.one, visit: each.part }] : []));
  const added = own.filter(({ visit }) => !there.has(part(visit)) && !gone.has(part(visit)));
  if (added.length === 0) return told;
  return {
    ...told,
    visits: [...told.visits, ...added.map(({ visit }) => visit)],
    cases: { ...Object.fromEntries(added.map(({ one }) => [one.case_id, one])), ...told.cases },
  };
}
