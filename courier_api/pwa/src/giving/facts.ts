/** Who may have what is given, as far as this phone can tell (F07). Pure. */
import type { Facts, RuleTable } from "../acts/rules.ts";
import { type Acting, authorityLive } from "../mandates/authority.ts";
import { facts } from "../visit/facts.ts";
import type { Here } from "../visit/here.ts";
import { dueNow, type View } from "../visit/view.ts";

export type RecipientClass = "owner" | "registered" | "household";

/** Who fits a class; where nobody has found out which it is, the owner alone does for certain. */
const FITS: Record<RecipientClass, readonly RecipientClass[]> = {
  owner: ["owner"],
  registered: ["owner", "registered"],
  household: ["owner", "registered", "household"],
};

/** As what the person met receives: nobody of the case is a member of the household. */
export function recipientClass({ view }: Here): RecipientClass {
  if (view.met?.party === "owner") return "owner";
  return view.met?.party === "recipient" && view.met.party_id === null ? "household" : "registered";
}

/** The person met, where it is one of the case. */
export const personMet = ({ one, view }: Here) =>
  one?.parties.find((party) => party.party_id === view.met?.party_id) ??
  one?.parties.find((party) => party.role === view.met?.party && view.met.party_id === null && party.role === "owner");

/** What is to be given is still at the post, as far as anybody has said. */
export const liesAtThePost = ({ one, part, view }: Here): boolean => {
  const give = new Set(part.give.map((paper) => paper.paper_id));
  return (one?.papers ?? []).some(
    (paper) =>
      give.has(paper.paper_id) && paper.holder_kind === "unit" && !view.received.includes(paper.parcel_id ?? ""),
  );
};

/** What the courier carries of it, closed. */
export const sealedParcels = ({ one, part, view }: Here): string[] => {
  const giving = new Set(part.give.map((paper) => paper.paper_id));
  const inside = new Set(one?.papers.filter((paper) => giving.has(paper.paper_id)).map((paper) => paper.parcel_id));
  return (one?.parcels ?? [])
    .filter((parcel) => inside.has(parcel.parcel_id) && parcel.holder_kind !== "citizen")
    .map((parcel) => parcel.parcel_id)
    .filter((parcel) => !view.opened.includes(parcel));
};

/** What this phone knows of a result's way into these hands. Whether the check was passed the centre knows: the result
 * would not be out without it. `today`: a local day. `acting`: what the procedure asks of who acts for the owner. */
export function givingFacts(
  table: RuleTable,
  here: Here,
  today: string,
  of_age: boolean | null,
  acting: Acting = null,
): Facts {
  const { one, part, view } = here;
  return {
    ...facts(table, one, view, 0),
    check_passed: true,
    authority_live: authorityLive(one, view.met, acting, today),
    recipient_fits:
      FITS[(one?.recipient_class ?? "owner") as RecipientClass].includes(recipientClass(here)) && of_age !== false,
    change_waits: (one?.result_from ?? today) > today,
    charges_due_at_return: dueNow(view, part.purpose).length,
    old_papers_due: oldPapersDue(part, view),
    word_ok: true,
    seal_intact: true,
    holder_is_actor: true,
    under_incident: (one?.incidents.length ?? 0) > 0,
  };
}

const oldPapersDue = (part: Here["part"], view: View): number =>
  part.take.filter((paper) => paper.surrender && !view.papers.some((taken) => taken.component === paper.component))
    .length;
