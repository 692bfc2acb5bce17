/** What speaks for a reason why a visit failed, by the data file of reasons (F07, F12). Pure. */
import reasons from "../../../../backend/acts/rules/reasons.json";
import type { Noted } from "../acts/record.ts";
import { GATE } from "./gate.ts";
import { RESULT_GOES_OUT } from "./purpose.ts";

export type Reason = (typeof reasons.pick_up)[number] | (typeof reasons.hand_over)[number];

export const reasonsOf = (purpose: string): readonly Reason[] =>
  RESULT_GOES_OUT.has(purpose) || purpose === "return_papers" ? reasons.hand_over : reasons.pick_up;

/** Calls are acts of their own, as is the photograph of the gate. Nobody's word is taken for them. */
const CALLS: Record<string, number> = { one_call: 1, two_calls: 2 };
/** Said by a tick; everything else in a few words. */
const TICKED = new Set(["card_left", "seal_photo", "incident"]);

export type Kind = "photograph" | "calls" | "place" | "tick" | "text";

export function kindOf(code: string): Kind {
  if (code === GATE) return "photograph";
  if (code in CALLS) return "calls";
  if (code === "place") return "place";
  return TICKED.has(code) ? "tick" : "text";
}

export interface There {
  gate: boolean;
  calls: number;
}

/** What acts of this phone show of a visit by themselves. */
export function there(notes: readonly Noted[], visit_id: string): There {
  const mine = notes.filter((note) => note.body.visit_id === visit_id);
  return {
    gate: mine.some((note) => note.kind === "photograph" && note.body.component === GATE),
    calls: mine.filter((note) => note.kind === "log_call" && note.body.direction === "out").length,
  };
}

/** `said`: by code; a tick says "1". */
export function has(code: string, said: Readonly<Record<string, string>>, seen: There, placed: boolean): boolean {
  switch (kindOf(code)) {
    case "photograph":
      return seen.gate;
    case "calls":
      return seen.calls >= CALLS[code]!;
    case "place":
      return placed;
    default:
      return (said[code] ?? "").trim() !== "";
  }
}
