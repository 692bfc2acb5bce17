/** The cases of one visit with what is known of each. */
import { type Declared, formsOf } from "../eforms/form.ts";
import { day, forms, notes } from "../state.ts";
import type { Case, Visit } from "../sync/day.ts";
import { type View, view } from "./view.ts";

export interface Here {
  part: Visit;
  one: Case | undefined;
  view: View;
  /** What is filled in for who does not write. */
  forms: Declared[];
}

/** All visits of one case. */
export const ofCase = (case_id: string): Here[] =>
  [...new Set(day.value?.visits.filter((part) => part.case_id === case_id).map((part) => part.visit_id))]
    .flatMap(here)
    .filter((one) => one.part.case_id === case_id);

export function here(visit_id: string): Here[] {
  const known = day.value;
  if (!known) return [];
  return [...known.visits, ...known.past]
    .filter((part) => part.visit_id === visit_id)
    .map((part) => {
      const one = known.cases[part.case_id];
      const wanted = one ? formsOf(forms.value?.forms ?? [], one.procedure, one.regime_on) : [];
      return { part, one, view: view(known, part, notes.value), forms: wanted };
    });
}
