/** A visit as it stands for one case: what the centre's list says, and over it what was done on this phone. Pure. */
import type { Noted } from "../acts/record.ts";
import { answers, isUnanswered } from "../consents/answers.ts";
import { receivedHere } from "../custody/held.ts";
import { declared, type Reading } from "../eforms/declared.ts";
import { AUTHORITY_PAPER } from "../mandates/page.ts";
import { isSignedPage } from "../signing/page.ts";
import type { Case, Known, Visit } from "../sync/day.ts";
import { GATE } from "./gate.ts";
import { RESULT_GOES_OUT } from "./purpose.ts";

export interface Taken {
  id: string;
  component: string;
  form: string;
  originals: number;
  copies: number;
  condition: string;
  sealed: boolean;
}

export interface Owed {
  charge_id: string;
  line: string;
  amount: number;
  due_at: string;
}

/** A code that was shown for a transfer. `state`: of the machine `payment`. */
export interface Transfer {
  payment_id: string;
  reference: string;
  /** Đồng, of this case. */
  total: number;
  /** Đồng, of all cases that are paid with it. */
  together: number;
  account_id: string | null;
  charge_ids: string[];
  state: string;
}

/** A page as it was photographed last. `bad`: what was wrong with the picture that was kept all the same. */
export interface Page {
  page_id: string;
  number: number;
  bad: string[];
}

export interface View {
  visit_id: string;
  case_id: string;
  /** Of the machine `visit`. */
  state: string;
  identified: boolean;
  /** Who was met: a role in the case, which person of it, known by what. */
  met: { party: string; party_id: string | null; means: string } | null;
  noticed: boolean;
  /** Questions that nobody has answered yet, and those answered with yes. */
  unasked: string[];
  agreed: string[];
  /** Taken in this visit, on this phone. */
  papers: Taken[];
  /** Components whose original was looked at and handed back. */
  seen: string[];
  /** Pages photographed, by paper. */
  pages: Record<string, number>;
  photographed: Record<string, Page[]>;
  /** Why a paper is to be photographed at the post, by paper. */
  deferred: Record<string, string>;
  slipSigned: boolean;
  /** Forms that were read back. */
  declared: Reading[];
  /** Still to be paid at the door. */
  owed: Owed[];
  /** Đồng collected on this phone. */
  collected: number;
  slipNumber: number | null;
  unpaid: boolean;
  /** The code that is waited for, or was paid. */
  transfer: Transfer | null;
  parcel: string | null;
  /** Parcels taken along from the post, on this phone, of which the centre has not heard. */
  received: string[];
  /** Parcels with a result that were opened here, and not sealed again. */
  opened: string[];
  /** Papers that the citizen has from this visit: results, or what was taken before. */
  given: string[];
  /** It has ended for this case. */
  over: boolean;
}

/** A code read, a paper of authority or nothing at all is no proof of who somebody is (F05). */
const NO_PROOF = new Set(["card_qr", "authority_paper", "none"]);
const ENDS = new Set(["finish_visit", "fail_visit"]);
const ENDED = new Set(["done", "partly", "incomplete_sent", "failed", "cancelled", "not_gone"]);
const OPEN = new Set(["due", "waiting_transfer"]);

/** What was left unpaid when papers were taken is asked for again before the result leaves our hands. */
const isOpen = (charge: Case["charges"][number], visit: Visit): boolean =>
  OPEN.has(charge.state) || (charge.state === "unpaid" && RESULT_GOES_OUT.has(visit.purpose));

/** Phiếu gửi hồ sơ, and the record of delivery. */
const FOR_WHAT_CHANGED_HANDS: ReadonlySet<unknown> = new Set(["slip", "hand_over"]);
/** A payment that nobody waits for any more. */
const NO_LONGER = new Set(["lapsed", "collected", "refunded"]);

/** `notes`: of this phone, in order. */
export function view(known: Known, visit: Visit, notes: readonly Noted[]): View {
  const mine = notes.filter((note) => note.subject.id === visit.case_id && note.body.visit_id === visit.visit_id);
  const of = (kind: string) => mine.filter((note) => note.kind === kind);
  const one: Case | undefined = known.cases[visit.case_id];
  const sealed = new Set(of("seal").flatMap((note) => note.body.paper_ids as string[]));
  const papers = of("take_papers").flatMap((note) => note.body.papers as Omit<Taken, "sealed">[]);
  const settled = new Set([
    ...of("collect").flatMap((note) => (note.body.lines as Owed[]).map((line) => line.charge_id)),
    ...of("record_unpaid").flatMap((note) => note.body.charge_ids as string[]),
  ]);
  const collections = of("collect");
  const met = of("check_identity").at(-1)?.body as { party: string; party_id?: string; means: string } | undefined;
  const answered = answers(known, visit.case_id, notes);
  const resealed = new Set(of("reseal").map((note) => note.body.parcel_id));
  const photographed = pagesOf(of("photograph").filter((note) => isOfPapers(note.body.component)));
  return {
    visit_id: visit.visit_id,
    case_id: visit.case_id,
    state: stateOf(visit, mine),
    identified: visit.identity_checked || of("check_identity").some((note) => !NO_PROOF.has(String(note.body.means))),
    met: met ? { party: met.party, party_id: met.party_id ?? null, means: met.means } : null,
    noticed: of("show_notice").length > 0 || (one?.notices.length ?? 0) > 0,
    unasked: known.extras.filter((one) => isUnanswered(one, answered)).map((one) => one.extra),
    agreed: [...answered].filter(([, { state }]) => state === "given").map(([extra]) => extra),
    papers: papers.map((paper) => ({ ...paper, sealed: sealed.has(paper.id) })),
    seen: of("see_original").map((note) => String(note.body.component)),
    pages: Object.fromEntries(Object.entries(photographed).map(([paper, found]) => [paper, found.length])),
    photographed,
    deferred: deferredOf(mine),
    slipSigned: visit.slip_signed || of("sign").some((note) => FOR_WHAT_CHANGED_HANDS.has(note.body.document)),
    declared: declared(one, mine),
    owed: (one?.charges ?? []).filter((charge) => isOpen(charge, visit) && !settled.has(charge.charge_id)),
    collected: collections.reduce((sum, note) => sum + Number(note.body.total), 0),
    slipNumber: collections.length > 0 ? Number(collections.at(-1)!.body.slip_number) : null,
    unpaid: of("record_unpaid").length > 0,
    transfer: transfer(one, of("show_payment_code"), notes),
    received: receivedHere(known, notes),
    opened: of("open_result")
      .map((note) => String(note.body.parcel_id))
      .filter((parcel) => !resealed.has(parcel)),
    given: [...of("hand_over_result"), ...of("hand_back_papers")].flatMap((note) => note.body.paper_ids as string[]),
    parcel: (of("seal").at(-1)?.body.parcel_id as string | undefined) ?? null,
    over: ENDED.has(visit.state) || mine.some((note) => ENDS.has(note.kind)),
  };
}

/** The last one shown, here or as far as the centre knows. */
function transfer(one: Case | undefined, shown: readonly Noted[], notes: readonly Noted[]): Transfer | null {
  const known = one?.payments.filter((order) => !NO_LONGER.has(order.state)) ?? [];
  const made = shown.at(-1)?.body as Shown | undefined;
  const there = made ? one?.payments.find((order) => order.payment_id === made.payment_id) : known.at(-1);
  if (there && NO_LONGER.has(there.state)) return null;
  const id = made?.payment_id ?? there?.payment_id;
  if (id === undefined) return null;
  const said = notes.some((note) => note.kind === "record_transfer_said" && note.body.payment_id === id);
  const state = there?.state ?? "waiting_transfer";
  const total = made?.total ?? there!.total;
  return {
    payment_id: id,
    reference: made?.reference ?? there!.reference,
    total,
    together: made?.order?.total ?? there?.order_total ?? total,
    account_id: made?.account_id ?? null,
    charge_ids: made?.lines.map((line) => line.charge_id) ?? [],
    state: state === "waiting_transfer" && said ? "said_sent" : state,
  };
}

interface Shown {
  payment_id: string;
  reference: string;
  total: number;
  account_id: string;
  lines: { charge_id: string }[];
  order?: { total: number };
}

function stateOf(visit: Visit, mine: readonly Noted[]): string {
  const end = mine.filter((note) => ENDS.has(note.kind)).at(-1);
  if (end) return end.kind === "fail_visit" ? "failed" : String(end.body.outcome);
  if (ENDED.has(visit.state)) return visit.state;
  if (mine.some((note) => note.kind === "record_arrival")) return "arrived";
  if (visit.state === "planned" && mine.some((note) => note.kind === "depart")) return "on_the_way";
  return visit.state;
}

/** Not of a gate, of what was signed, or of what somebody acts by. */
const isOfPapers = (component: unknown): boolean =>
  component !== GATE && component !== AUTHORITY_PAPER && !isSignedPage(component);

/** By paper. A page taken anew stands for the one before. */
function pagesOf(photographs: readonly Noted[]): Record<string, Page[]> {
  const papers: Record<string, Page[]> = {};
  for (const { body } of photographs) {
    const seen = body.seen as { bad: string[] } | undefined;
    const page = { page_id: String(body.page_id), number: Number(body.page_number), bad: seen?.bad ?? [] };
    const others = (papers[String(body.paper_id)] ?? []).filter((one) => one.page_id !== page.page_id);
    papers[String(body.paper_id)] = [...others, page].sort((one, other) => one.number - other.number);
  }
  return papers;
}

/** A picture that was made after all is no longer put off. */
function deferredOf(mine: readonly Noted[]): Record<string, string> {
  const papers: Record<string, string> = {};
  for (const { kind, body } of mine) {
    if (kind === "photograph") delete papers[String(body.paper_id)];
    else if (kind === "defer_photograph")
      for (const paper of body.paper_ids as string[]) papers[paper] = String(body.reason);
  }
  return papers;
}

/** What is due now: at the taking of papers, what is due at reception; with a result, everything. */
export const dueNow = (one: View, purpose: string): Owed[] =>
  one.owed.filter((charge) => charge.due_at === "reception" || RESULT_GOES_OUT.has(purpose));
