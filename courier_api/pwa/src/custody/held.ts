/** What is in this courier's hands: by the centre's ledger, and by what was done here that it has not heard of yet; and
 * what waits at the post to be taken along. Pure. */
import type { Noted } from "../acts/record.ts";
import { type Known, part } from "../sync/day.ts";
import { RESULT_GOES_OUT } from "../visit/purpose.ts";

/** Of one case: a sealed parcel, or papers that lie in none. */
export interface Thing {
  case_id: string;
  owner: string;
  parcel_id: string | null;
  label: string | null;
  paper_ids: string[];
  /** Given, and nobody has received it yet. */
  offered: boolean;
}

export const thingKey = ({ case_id, parcel_id }: Pick<Thing, "case_id" | "parcel_id">): string =>
  `${case_id} ${parcel_id ?? ""}`;

export interface Waiting extends Thing {
  parcel_id: string;
  /** Whose hands it comes from. */
  giver: { kind: string; id: string };
  /** Named by whoever offers it; null: nobody has said so yet. */
  offer_id: string | null;
}

/** What the ledger has not heard of. */
const unheard = (known: Known, notes: readonly Noted[]): Noted[] =>
  notes.filter((note) => note.seq >= known.next_seq && note.subject.kind === "case");

/** Parcels taken over on this phone, of which the ledger has not heard. */
export const receivedHere = (known: Known, notes: readonly Noted[]): string[] =>
  unheard(known, notes).flatMap((note) => (note.kind === "receive" ? (note.body.parcel_ids as string[]) : []));

export function inHands(known: Known, notes: readonly Noted[]): Thing[] {
  const things: Thing[] = known.held.map((one) => ({
    case_id: one.case_id,
    owner: one.owner_name ?? "",
    parcel_id: one.parcel_id,
    label: one.label,
    paper_ids: [...one.paper_ids],
    offered: one.offered,
  }));
  for (const note of unheard(known, notes)) happened(things, note, known);
  return things.filter((one) => one.parcel_id !== null || one.paper_ids.length > 0);
}

function happened(things: Thing[], { kind, subject, body }: Noted, known: Known): void {
  const case_id = subject.id;
  const owner = known.cases[case_id]?.owner_name ?? "";
  const of = things.filter((one) => one.case_id === case_id);
  const loose = (): Thing => {
    const found = of.find((one) => one.parcel_id === null);
    if (found) return found;
    const made = { case_id, owner, parcel_id: null, label: null, paper_ids: [], offered: false };
    things.push(made);
    return made;
  };
  const gone = (papers: readonly string[]) => {
    for (const one of of) one.paper_ids = one.paper_ids.filter((paper) => !papers.includes(paper));
  };
  const ids = (body.paper_ids ?? []) as string[];
  switch (kind) {
    case "take_papers":
      loose().paper_ids.push(...(body.papers as { id: string }[]).map((paper) => paper.id));
      break;
    case "seal":
      gone(ids);
      things.push({
        case_id,
        owner,
        parcel_id: String(body.parcel_id),
        label: String(body.label),
        paper_ids: ids,
        offered: false,
      });
      break;
    case "receive":
      for (const parcel of body.parcel_ids as string[])
        things.push({
          case_id,
          owner,
          parcel_id: parcel,
          label: known.cases[case_id]?.parcels.find((one) => one.parcel_id === parcel)?.label ?? null,
          paper_ids: inside(known, case_id, parcel),
          offered: false,
        });
      break;
    case "relabel":
      for (const one of of) if (one.parcel_id === body.parcel_id) one.label = String(body.label);
      break;
    case "hand_over_result":
    case "hand_back_papers":
      gone(ids);
      // What they lay in is opened, and empty.
      for (const one of of)
        if (one.parcel_id !== null && one.paper_ids.length === 0) things.splice(things.indexOf(one), 1);
      break;
    case "offer":
      for (const one of of)
        if ((body.parcel_ids as string[]).includes(one.parcel_id ?? "") || one.paper_ids.some((id) => ids.includes(id)))
          one.offered = true;
      break;
  }
}

const inside = (known: Known, case_id: string, parcel_id: string): string[] =>
  (known.cases[case_id]?.papers ?? []).filter((paper) => paper.parcel_id === parcel_id).map((paper) => paper.paper_id);

/** Results and papers of today's visits that still lie at the post. */
export function atThePost(known: Known, notes: readonly Noted[]): Waiting[] {
  const received = new Set(receivedHere(known, notes));
  const found = known.visits.flatMap((visit) => {
    const one = known.cases[visit.case_id];
    const give = new Set(visit.give.map((paper) => paper.paper_id));
    const wanted = new Set(one?.papers.filter((paper) => give.has(paper.paper_id)).map((paper) => paper.parcel_id));
    return (one?.parcels ?? [])
      .filter((parcel) => parcel.holder_kind === "unit" && !received.has(parcel.parcel_id))
      .filter(
        (parcel) => wanted.has(parcel.parcel_id) || (parcel.offer_id !== null && RESULT_GOES_OUT.has(visit.purpose)),
      )
      .map((parcel) => ({
        case_id: visit.case_id,
        owner: one?.owner_name ?? "",
        parcel_id: parcel.parcel_id,
        label: parcel.label,
        paper_ids: inside(known, visit.case_id, parcel.parcel_id),
        offered: parcel.offer_id !== null,
        giver: { kind: parcel.holder_kind, id: parcel.held_by },
        offer_id: parcel.offer_id,
      }));
  });
  return [...new Map(found.map((one) => [one.parcel_id, one])).values()];
}

/** What has no visit here any more and goes to the post. */
export function toHandIn(known: Known, notes: readonly Noted[]): Thing[] {
  const ends = notes.filter((note) => note.kind === "finish_visit" || note.kind === "fail_visit");
  const ended = new Set(ends.map((note) => part({ visit_id: String(note.body.visit_id), case_id: note.subject.id })));
  const open = new Set(known.visits.filter((visit) => !ended.has(part(visit))).map((visit) => visit.case_id));
  return inHands(known, notes).filter((one) => !open.has(one.case_id));
}
