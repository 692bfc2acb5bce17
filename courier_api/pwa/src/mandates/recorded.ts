/** Mandates that were recorded on this phone stand in the case at once, with whoever acts by them (F05), until the
 * centre's list brings them. Pure. */
import type { Noted } from "../acts/record.ts";
import type { Case, Known } from "../sync/day.ts";

/** What the act that recorded one showed: who is new in the case. */
export interface Introduced {
  party: Case["parties"][number] | null;
}

export function withMandates(told: Known, notes: readonly Noted[]): Known {
  const recorded = notes.filter((note) => note.kind === "record_mandate");
  if (recorded.length === 0) return told;
  const cases = { ...told.cases };
  for (const note of recorded) {
    const one = cases[note.subject.id];
    if (one) cases[one.case_id] = { ...one, ...added(one, note) };
  }
  return { ...told, cases };
}

function added(one: Case, note: Noted): Pick<Case, "mandates" | "parties"> {
  const { party } = note.shown as Introduced;
  const mandate = note.body as unknown as Omit<Case["mandates"][number], "state">;
  const { mandate_id, party_id, authority, kinship_proved, from_day, last_day } = mandate;
  const own = { mandate_id, party_id, authority, kinship_proved, from_day, last_day, state: "in_force" };
  return {
    // What the centre says goes before: it may have been taken back since.
    mandates: one.mandates.some((each) => each.mandate_id === mandate_id) ? one.mandates : [...one.mandates, own],
    parties:
      !party || one.parties.some((each) => each.party_id === party.party_id) ? one.parties : [...one.parties, party],
  };
}
