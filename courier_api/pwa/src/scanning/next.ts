/** What is next for a parcel whose label was read, offline: in whose hands it is, how it stands, and the first thing that
 * the rule table lets this courier do with it. Pure. */
import type { Noted } from "../acts/record.ts";
import type { Facts, RuleTable } from "../acts/rules.ts";
import { atThePost, inHands, type Thing, thingKey } from "../custody/held.ts";
import { givingFacts } from "../giving/facts.ts";
import type { Known } from "../sync/day.ts";
import type { Here } from "../visit/here.ts";
import { GIVING } from "../visit/purpose.ts";
import type { Step } from "../where.ts";

export type Holder = "me" | "unit" | "citizen" | "agency" | "courier" | "lost" | "unknown";

export type Next =
  | { does: "receive" | "offer"; thing: string }
  | { does: "wait" }
  | { does: "step"; visit: string; step: Step }
  | { does: "visit"; visit: string }
  | { does: "report" };

export interface Standing {
  case_id: string;
  parcel_id: string;
  owner: string;
  /** Of the machine `parcel`. */
  state: string;
  holder: Holder;
  next: Next;
  /** The rule table's own sentence about what would be next: it stands beside it, a fact is never refused. */
  refused: string | null;
}

interface Found {
  case_id: string;
  parcel_id: string;
  owner: string;
}

/** The parcel that carries that label: sealed or relabelled here, on the day's list, or in these hands. */
export function parcelOf(label: string, known: Known, notes: readonly Noted[]): Found | null {
  const owner = (case_id: string) => known.cases[case_id]?.owner_name ?? "";
  const here = notes.filter((note) => note.kind === "seal" || note.kind === "relabel");
  const note = here.filter(({ body }) => body.label === label).at(-1);
  if (note) return { case_id: note.subject.id, parcel_id: String(note.body.parcel_id), owner: owner(note.subject.id) };
  for (const one of Object.values(known.cases)) {
    const parcel = one.parcels.find((each) => each.label === label);
    if (parcel) return { case_id: one.case_id, parcel_id: parcel.parcel_id, owner: owner(one.case_id) };
  }
  const held = inHands(known, notes).find((thing) => thing.label === label);
  return held?.parcel_id ? { case_id: held.case_id, parcel_id: held.parcel_id, owner: held.owner } : null;
}

/** What is on it now, as far as this phone knows. */
export function labelOf(parcel_id: string, known: Known, notes: readonly Noted[]): string | null {
  const here = notes.filter(
    ({ kind, body }) => (kind === "seal" || kind === "relabel") && body.parcel_id === parcel_id,
  );
  const told = Object.values(known.cases).flatMap((one) => one.parcels.filter((each) => each.parcel_id === parcel_id));
  const held = known.held.find((thing) => thing.parcel_id === parcel_id);
  return (here.at(-1)?.body.label as string | undefined) ?? told[0]?.label ?? held?.label ?? null;
}

/** `house`: the case's visits on this phone. `today`: a local day. */
export function standing(
  found: Found,
  known: Known,
  notes: readonly Noted[],
  house: readonly Here[],
  table: RuleTable,
  today: string,
): Standing {
  const held = inHands(known, notes).find((thing) => thing.parcel_id === found.parcel_id);
  const told = known.cases[found.case_id]?.parcels.find((one) => one.parcel_id === found.parcel_id);
  const holder: Holder = held ? "me" : gone(found, notes) ? "citizen" : ((told?.holder_kind ?? "unknown") as Holder);
  const state = stateOf(found, told?.state ?? "sealed", held, notes);
  const facts: Facts = {
    ...table.usual(),
    holder_is_actor: held !== undefined,
    under_incident: (known.cases[found.case_id]?.incidents ?? []).some(({ things }) =>
      things.includes(found.parcel_id),
    ),
    receiver: "post",
  };
  const ask = (act: string, of: Facts = facts): string | null => {
    const judged = table.judge("parcel", state, act, of);
    return judged.allowed ? null : table.refusal(judged.reason, "parcel", state, act).detail;
  };
  const all = { ...found, state, holder };
  if (!held) {
    const waits = atThePost(known, notes).find((thing) => thing.parcel_id === found.parcel_id);
    if (!waits) return { ...all, next: { does: "report" }, refused: null };
    return { ...all, holder: "unit", next: { does: "receive", thing: thingKey(waits) }, refused: ask("receive") };
  }
  const open = house.find((one) => !one.view.over);
  if (open) return { ...all, ...atTheDoor(open, found, ask, table, today) };
  if (held.offered) return { ...all, next: { does: "wait" }, refused: null };
  return { ...all, next: { does: "offer", thing: thingKey(held) }, refused: ask("offer") };
}

/** With its visit still to be done: given there, if it is what the visit gives; else the visit itself goes on. */
function atTheDoor(
  open: Here,
  { parcel_id }: Found,
  ask: (act: string, of?: Facts) => string | null,
  table: RuleTable,
  today: string,
): Pick<Standing, "next" | "refused"> {
  const visit = open.part.visit_id;
  const inside = new Set(open.one?.papers.filter((paper) => paper.parcel_id === parcel_id).map((one) => one.paper_id));
  const isGiven = GIVING.has(open.part.purpose) && open.part.give.some((paper) => inside.has(paper.paper_id));
  if (!isGiven || open.view.state !== "arrived") return { next: { does: "visit", visit }, refused: null };
  if (!open.view.identified) return { next: { does: "step", visit, step: "identity" }, refused: null };
  if (open.part.purpose === "return_papers" || open.view.opened.includes(parcel_id))
    return { next: { does: "step", visit, step: open.view.slipSigned ? "handing" : "receipt" }, refused: null };
  const refused = ask("open_result", givingFacts(table, open, today, null));
  return { next: { does: "step", visit, step: "opening" }, refused };
}

/** Handed over here, with all that lay in it. */
const gone = ({ case_id, parcel_id }: Found, notes: readonly Noted[]): boolean => {
  const mine = notes.filter((note) => note.subject.id === case_id);
  const sealed = mine.filter((note) => note.kind === "seal" && note.body.parcel_id === parcel_id);
  const papers = sealed.flatMap((note) => note.body.paper_ids as string[]);
  const given = new Set(
    mine
      .filter((note) => note.kind === "hand_over_result" || note.kind === "hand_back_papers")
      .flatMap((note) => note.body.paper_ids as string[]),
  );
  return papers.length > 0 && papers.every((paper) => given.has(paper));
};

/** What the centre said, and what was done here since. */
function stateOf({ parcel_id }: Found, told: string, held: Thing | undefined, notes: readonly Noted[]): string {
  const about = notes.filter(({ body }) => body.parcel_id === parcel_id);
  const last = about.filter((note) => note.kind in LEADS_TO).at(-1);
  const here = last ? LEADS_TO[last.kind]! : told;
  return held?.offered && here === "sealed" ? "offered" : here;
}

const LEADS_TO: Record<string, string> = { seal: "sealed", open_result: "opened", reseal: "sealed" };

/** Open visits whose papers are taken and not sealed: where a label of one's own goes. */
export const toSeal = (house: readonly Here[]): Here[] =>
  house.filter(({ view }) => view.state === "arrived" && !view.over && view.papers.some((paper) => !paper.sealed));
