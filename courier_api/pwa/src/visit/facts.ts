/** The facts of the rule table that this phone can know of a visit at a door. All others stand at their usual value:
 * what the phone cannot know, the centre judges, and a fact is never refused. Pure. */
import type { Facts, RuleTable } from "../acts/rules.ts";
import type { Case } from "../sync/day.ts";
import type { View } from "./view.ts";

/** `others`: other cases of the same visit that have not ended. */
export function facts(table: RuleTable, one: Case | undefined, seen: View, others: number, outcome = "done"): Facts {
  const kept = seen.papers.length;
  return {
    ...table.usual(),
    exception_open: one?.exception_open ?? false,
    agency_confirmed: one?.agency_confirmed ?? false,
    identity_checked: seen.identified,
    declarations_unsigned: seen.declared.filter((reading) => reading.here && !reading.signed).length,
    slip_signed: seen.slipSigned || (kept === 0 && seen.collected === 0 && seen.given.length === 0),
    visit_papers_kept: kept,
    visit_papers_unsealed: seen.papers.filter((paper) => !paper.sealed).length,
    visit_shared: others > 0,
    visit_ended: seen.over,
    visit_outcome: outcome,
    holder_is_actor: true,
    label_genuine: true,
  };
}
