/** Who may act for the owner on a day, and by which paper: as the centre judges it (backend/procedures/people.py,
 * backend/dossiers/mandates.py, F05). Pure. */
import type { Case } from "../sync/day.ts";
import { kinshipOn } from "../visit/people.ts";
import { RESULT_GOES_OUT } from "../visit/purpose.ts";
import type { View } from "../visit/view.ts";

export const PAPERS = ["mandate", "certified_mandate", "introduction"] as const;
export type Paper = (typeof PAPERS)[number];

type Party = Case["parties"][number];
type Mandate = Case["mandates"][number];

/** What a version of a procedure says of it; null: nobody has found out. */
export type Acting = readonly { who: string; authority: string }[] | null;

/** A paper by which somebody acts for the owner. */
export interface Shown {
  authority: string;
  kinship_proved: boolean;
}

/** Whose right to act the procedure decides; a recipient the owner has named, a representative the law. */
const BY_PROCEDURE = new Set(["filer", "authorised"]);

/** Nobody may act for another. */
export const isInPerson = (acting: Acting): boolean =>
  acting?.every((row) => row.authority === "in_person" || row.who === "owner") ?? false;

/** Whether that relation may act with what it has shown. What nobody has found out stops nobody. */
export function mayAct(acting: Acting, relation: string | null, shown: readonly Shown[], on: string): boolean {
  if (acting === null) return true;
  if (isInPerson(acting)) return relation === "owner";
  if (relation === null || relation === "owner" || relation === "representative") return true;
  if (relation === "employee" && shown.some((one) => one.authority === "introduction")) return true;
  const own = acting.filter((row) => row.who === relation);
  const rows = own.length > 0 ? own : acting.filter((row) => row.who === "anyone");
  return rows.some((row) => [null, ...shown].some((one) => isEnough(row.authority, relation, one, on)));
}

function isEnough(wanted: string, relation: string, shown: Shown | null, on: string): boolean {
  if (wanted === "none") return true;
  if (wanted === "in_person" || shown === null) return false;
  if (shown.authority === "certified_mandate") return true;
  if (shown.authority === "introduction") return wanted === "introduction";
  if (shown.authority !== "mandate" || wanted === "introduction") return false;
  const kin = kinOf(relation, on);
  return kin ? shown.kinship_proved || !kin.proof : wanted === "mandate";
}

const kinOf = (relation: string, on: string) => kinshipOn(on).find((row) => row.relations.includes(relation));

/** Whether the law of that day asks these relatives to show how they are related. */
export const asksKinship = (relation: string, on: string): boolean => kinOf(relation, on)?.proof ?? false;

/** The papers that do for that relation, each by itself. */
export const papersFor = (acting: Acting, relation: string | null, on: string): Paper[] =>
  PAPERS.filter((authority) => mayAct(acting, relation, [{ authority, kinship_proved: true }], on));

export const holds = ({ state, from_day, last_day }: Mandate, on: string): boolean =>
  state !== "revoked" && from_day <= on && (last_day ?? on) >= on;

export const papersOf = (one: Pick<Case, "mandates"> | undefined, party: Party): Mandate[] =>
  (one?.mandates ?? []).filter((mandate) => mandate.party_id === party.party_id);

/** What was told of somebody when they came into the case has not ended, and has begun. */
export const stands = ({ authority_until, since }: Party, on: string): boolean =>
  (authority_until ?? on) >= on && (since ?? on) <= on;

/** Whether nothing has ended by which somebody is in the case: also on the road. */
export function isLive(party: Party, own: readonly Mandate[], on: string): boolean {
  return stands(party, on) && (own.length === 0 || own.some((mandate) => holds(mandate, on)));
}

/** The papers by which somebody may act on that day: recorded one by one, or told when they came into the case. */
export function shownBy({ authority }: Party, own: readonly Mandate[], on: string): Shown[] {
  const papers: Shown[] = own.filter((mandate) => holds(mandate, on));
  return authority === null ? papers : [...papers, { authority, kinship_proved: false }];
}

/** Whether somebody of the case may act for the owner on that day. */
export function mayActNow(one: Pick<Case, "mandates"> | undefined, party: Party, acting: Acting, on: string): boolean {
  const own = papersOf(one, party);
  if (!isLive(party, own, on)) return false;
  return !BY_PROCEDURE.has(party.role) || mayAct(acting, party.relation, shownBy(party, own, on), on);
}

/** Whether one of those met may; nobody of the case met: nothing speaks against it. */
export function authorityLive(one: Case | undefined, met: View["met"], acting: Acting, on: string): boolean {
  const who = (one?.parties ?? []).filter(({ party_id, role }) =>
    met?.party_id ? party_id === met.party_id : role === met?.party,
  );
  return who.length === 0 || who.some((party) => mayActNow(one, party, acting, on));
}

/** Why nobody but the owner counts here, whatever they show; null: somebody may act by a paper. */
export function closedTo(
  one: Case | undefined,
  purpose: string,
  acting: Acting,
): "nobodyActs" | "onlyOwnerReceives" | null {
  if (isInPerson(acting)) return "nobodyActs";
  // Where nobody has found out who may receive, the owner alone does for certain.
  const ownerAlone = (one?.recipient_class ?? "owner") === "owner";
  return RESULT_GOES_OUT.has(purpose) && ownerAlone ? "onlyOwnerReceives" : null;
}
