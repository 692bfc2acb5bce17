/** Who answers a question that may be refused (F19), as the centre judges it (backend/consents/model.py). Pure. */
import type { Case } from "../sync/day.ts";
import { age, agesOn } from "../visit/people.ts";

type Party = Case["parties"][number];

export interface Answering {
  as: "owner" | "representative";
  /** Whose answer it is; null: nobody of the case is known to be. */
  who: Party | null;
  /** Who is asked too, because the question is about a private life. */
  child: Party | null;
}

/** Whose age nobody knows answers for themselves, unless somebody stands for them. `on`: a local day. */
export function answering(parties: readonly Party[], private_life: boolean, on: string): Answering {
  const owner = parties.find((one) => one.role === "owner") ?? null;
  const representative = parties.find((one) => one.role === "representative") ?? null;
  const by = (as: Answering["as"], child: Party | null = null): Answering => ({
    as,
    who: as === "owner" ? owner : representative,
    child,
  });
  if (owner?.kind !== "person" || owner.born === null) return by(representative ? "representative" : "owner");
  const [least, most] = age(owner.born, on);
  const { adult, child_answers } = agesOn(on);
  if (least >= adult) return by(representative ? "representative" : "owner");
  return by("representative", private_life && most >= child_answers ? owner : null);
}
