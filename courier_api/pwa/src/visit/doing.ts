/** What a courier does at a door, as acts: each kept before the screen says so. */
import { newId } from "../acts/ids.ts";
import type { Beside } from "../acts/record.ts";
import { does, onCase, onEach, tellAll } from "../acts/tell.ts";
import type { Place } from "../device/place.ts";
import type { Seen } from "../documents/DocumentCamera.tsx";
import type { Picture } from "../documents/picture.ts";
import { keptPicture } from "../files/keep.ts";
import { day, notes } from "../state.ts";
import { GATE } from "./gate.ts";

/** A whole house sets out or arrives: one act for each of its cases. */
export async function atHouse(
  kind: "depart" | "record_arrival",
  visit_id: string,
  cases: string[],
  place?: Place,
): Promise<void> {
  const personal = place && { place };
  await onEach(kind, cases, (case_id) => ({ case_id, body: { visit_id }, personal }));
}

/** As what somebody was met in one case. `party_id`: null for one of the household who is nobody in it. */
export interface Met {
  case_id: string;
  party: string;
  party_id: string | null;
}

/** One person, in all cases of the house where they stand. */
export const checkIdentity = (visit_id: string, met: readonly Met[], means: string) =>
  onEach("check_identity", met, ({ case_id, party, party_id }) => ({
    case_id,
    body: { visit_id, party, means, ...(party_id ? { party_id } : {}) },
  }));

export function showNotice(visit_id: string, cases: readonly string[], how: "read" | "shown" | "given") {
  const [notice] = day.value?.notices ?? [];
  if (!notice) throw new Error("no notice came with the day");
  const { version, sha256 } = notice;
  const told = { notice: notice.notice, version, text_sha256: sha256, how, visit_id };
  return onEach("show_notice", cases, (case_id) => ({ case_id, body: told }));
}

export interface Counted {
  component: string;
  form: string;
  originals: number;
  copies: number;
  condition: string;
}

/** `seen`: components whose original was looked at and handed back. */
export function takePapers(
  visit_id: string,
  case_id: string,
  taken: readonly Counted[],
  seen: readonly string[],
  beside: Beside,
) {
  const papers = taken.map((paper) => ({ id: newId(), ...paper }));
  const looked = (component: string) => ({ visit_id, paper_id: newId(), component, originals: 1 });
  return tellAll(async () => {
    const acts = await Promise.all([
      ...seen.map((component) => onCase("see_original", case_id, looked(component))),
      ...(papers.length > 0 ? [onCase("take_papers", case_id, { visit_id, papers })] : []),
    ]);
    return acts.map((act) => ({ act }));
  }, beside);
}

/** A tab killed after the act and before its draft was gone brings the picture back: it is kept once. */
export async function photograph(
  visit_id: string,
  case_id: string,
  of: { page_id: string; paper_id: string; component: string; page_number: number },
  picture: Picture,
  seen: Seen,
) {
  const { hash, files, named } = await keptPicture(picture);
  const known = notes.value.find(
    ({ kind, body }) =>
      kind === "photograph" && body.page_id === of.page_id && (body.file as typeof named.file).sha256 === hash,
  );
  return known ?? does("photograph", case_id, { visit_id, ...of, ...named, seen }, { beside: { files } });
}

export const deferPhotograph = (visit_id: string, case_id: string, paper_ids: string[], reason: string) =>
  does("defer_photograph", case_id, { visit_id, paper_ids, reason });

/** The gate of a house where nobody opens: no page of any paper, and nothing on it to be judged. */
export async function photographGate(visit_id: string, case_id: string, picture: Picture) {
  const { files, named } = await keptPicture(picture);
  const body = { visit_id, page_id: newId(), paper_id: newId(), component: GATE, page_number: 1, ...named };
  return does("photograph", case_id, body, { beside: { files } });
}

export const logCall = (visit_id: string, case_id: string, outcome: string) =>
  does("log_call", case_id, { direction: "out", outcome, visit_id });

export const seal = (visit_id: string, case_id: string, label: string, seal_number: string, paper_ids: string[]) =>
  does("seal", case_id, { visit_id, parcel_id: newId(), label, seal_number, paper_ids });

export const finish = (visit_id: string, case_id: string, outcome: string, place?: Place) =>
  does("finish_visit", case_id, { visit_id, outcome }, { personal: place && { place } });

/** What speaks for the reason: codes of its list, and what was said of each. */
export interface Evidence {
  shown: string[];
  said: Record<string, string>;
  /** Why something of the list is missing. */
  why_not: string | null;
}

export function fail(
  visit_id: string,
  case_id: string,
  reason: string,
  evidence: Evidence,
  place: Place | undefined,
  beside: Beside,
) {
  const { shown, said, why_not } = evidence;
  const personal = { ...(place ? { place } : {}), ...(Object.keys(said).length > 0 ? { evidence: said } : {}) };
  const body = { visit_id, reason, evidence: shown, ...(why_not ? { why_not } : {}) };
  return does("fail_visit", case_id, body, {
    personal: Object.keys(personal).length > 0 ? personal : undefined,
    beside,
  });
}
