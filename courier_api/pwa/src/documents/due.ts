/** Pictures that were put off at a door (F10) and can still be made: the visit is over, the papers are in these hands. Pure. */
import type { Noted } from "../acts/record.ts";
import { inHands } from "../custody/held.ts";
import type { Known } from "../sync/day.ts";
import { view } from "../visit/view.ts";

export interface Due {
  visit_id: string;
  case_id: string;
  owner: string;
  papers: string[];
}

/** A visit that came to nothing took no papers: what stands of it in the rule table lets nobody photograph. */
const PHOTOGRAPHED_AFTER = new Set(["done", "partly", "incomplete_sent"]);

export function picturesDue(known: Known, notes: readonly Noted[]): Due[] {
  if (!notes.some((note) => note.kind === "defer_photograph")) return [];
  const held = new Set(inHands(known, notes).flatMap((thing) => thing.paper_ids));
  return [...known.visits, ...known.past].flatMap((visit) => {
    const { visit_id, case_id } = visit;
    const seen = view(known, visit, notes);
    const papers = Object.keys(seen.deferred).filter((paper) => held.has(paper));
    if (!PHOTOGRAPHED_AFTER.has(seen.state) || papers.length === 0) return [];
    return [{ visit_id, case_id, owner: known.cases[case_id]?.owner_name ?? "", papers }];
  });
}
