/** How questions that may be refused stand (F19). Pure. */
import type { Noted } from "../acts/record.ts";
import type { Known } from "../sync/day.ts";

export type Extra = Known["extras"][number];

/** The last answer to one question, to that version of it. */
export interface Answered {
  state: "given" | "declined" | "withdrawn";
  version: string;
}

/** By question: as the centre has it, and over it what was answered here that it has not heard of. */
export function answers(known: Known, case_id: string, notes: readonly Noted[]): Map<string, Answered> {
  const told = known.cases[case_id]?.consents ?? [];
  const found = new Map(told.map(({ extra, state, version }) => [extra, { state, version } as Answered]));
  for (const { seq, kind, subject, body } of notes) {
    const extra = String(body.extra);
    if (subject.id !== case_id || (seq < known.next_seq && found.has(extra))) continue;
    if (kind === "record_consent")
      found.set(extra, { state: body.given ? "given" : "declined", version: String(body.version) });
    const before = found.get(extra);
    if (kind === "withdraw_consent" && before) found.set(extra, { ...before, state: "withdrawn" });
  }
  return found;
}

/** An answer to an older text says nothing about this one. */
export const isUnanswered = (extra: Extra, answered: ReadonlyMap<string, Answered>): boolean =>
  answered.get(extra.extra)?.version !== extra.version;

/** Nobody is in a picture who has not said yes to it: not asked is not asked. */
export const mayShowPeople = (known: Known | null, cases: readonly string[], notes: readonly Noted[]): boolean =>
  known !== null &&
  cases.length > 0 &&
  cases.every((case_id) => answers(known, case_id, notes).get("photo_of_person")?.state === "given");
