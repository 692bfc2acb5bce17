/** What may have happened: the kinds of the rule data, each with what it is to the centre. Pure. */
import reasons from "../../../../backend/acts/rules/reasons.json";
import type { components } from "../api";

export type Cause = components["schemas"]["ReportIncident"]["cause"];

export interface Kind {
  code: string;
  vi: string;
  en: string;
}

/** Kinds that stand for several causes: which of them is asked. */
export const APART = {
  count_differs: ["short", "extra"],
  money_differs: ["money_short", "money_over", "money_false"],
  equipment_lost: ["phone_lost", "vehicle_lost"],
  threat: ["threat", "dog"],
} as const;

/** Nobody reports it: an act brings it to light. */
const FOUND_OUT = "visit_disputed";

export const KINDS: readonly Kind[] = reasons.incident_kinds.filter((kind) => kind.code !== FOUND_OUT);

export const among = (kind: string): readonly Cause[] => (APART as Record<string, readonly Cause[]>)[kind] ?? [];

/** null while it is not said which. */
export function causeOf(kind: string, which: string): Cause | null {
  if (kind === "") return null;
  const several = among(kind);
  if (several.length === 0) return kind as Cause;
  return several.find((cause) => cause === which) ?? null;
}

export const ofMoney = (kind: string): boolean => kind === "money_differs";
