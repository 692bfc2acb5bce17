/** Days, visits and cases as the centre sends them, with nothing in them but what a test says. */
import type { Noted } from "../src/acts/record.ts";
import type { Case, Day, Visit } from "../src/sync/day.ts";

export function aCase(case_id: string, change: Partial<Case> = {}): Case {
  return {
    case_id,
    version: 1,
    state: "booked",
    procedure: "2.000635",
    regime_on: "2026-11-20",
    channel: "one_stop",
    model: "home",
    visit_commune: "30112",
    agency_confirmed: true,
    recipient_class: null,
    result_from: null,
    owner_name: "Nguyễn Thị Huệ",
    phone: "0912345678",
    address: "Ấp 1",
    hamlet: "Mỹ Thuận",
    landmark: "cạnh cầu sắt",
    mark: null,
    access: null,
    dossier_code: null,
    exception_open: false,
    parties: [],
    papers: [],
    parcels: [],
    charges: [],
    payments: [],
    questions: [],
    incidents: [],
    mandates: [],
    consents: [],
    notices: [],
    readings: [],
    ...change,
  };
}

type Party = Case["parties"][number];

/** Called by their role. */
export function aParty(party_id: string, role: string, change: Partial<Party> = {}): Party {
  return {
    party_id,
    role,
    kind: "person",
    relation: null,
    name: role,
    born: null,
    phone: null,
    shared_phone: false,
    authority: null,
    authority_until: null,
    since: null,
    ...change,
  };
}

export function aVisit(visit_id: string, case_id: string, change: Partial<Visit> = {}): Visit {
  return {
    visit_id,
    case_id,
    purpose: "collect",
    place: "home",
    day: "2026-11-25",
    time_window: "07:00-08:00",
    state: "planned",
    confirmed: true,
    identity_checked: false,
    slip_signed: false,
    give: [],
    take: [],
    see: [],
    evidence: [],
    instead_of_word: [],
    due: 0,
    perhaps_elsewhere: false,
    take_known: true,
    ...change,
  };
}

export function aDay(change: Partial<Day> = {}): Day {
  return {
    cursor: "0",
    full: false,
    now: "2026-11-25T00:30:00Z",
    lease_until: "2026-11-25T15:00:00Z",
    next_seq: 1,
    rules: 1,
    catalogue: null,
    forms: "f".repeat(64),
    cases: [],
    visits: [],
    gone: [],
    slip_blocks: [],
    reference_blocks: [],
    payees: [],
    held: [],
    labels: [],
    notices: [],
    extras: [],
    code: { day: "2026-11-25", badge: "DT-000001", secret: "GEZDGNBV", step: 60, digits: 6 },
    lengthening: { day: "2026-11-25", secret: "GEZDGNBV", challenge: 4, digits: 8, seconds: 14_400 },
    own: { shift: null, cash: 0, set_numbers: [], changes: [] },
    ...change,
  };
}

/** An act of this phone at a house. */
export const aNote = (kind: string, visit_id: string, case_id: string, body: Record<string, unknown> = {}): Noted => ({
  seq: 1,
  id: `${kind} ${visit_id} ${case_id}`,
  kind,
  subject: { kind: "case", id: case_id },
  body: { visit_id, ...body },
  at: 0,
});

/** A result of a case, in a parcel. */
export const aResult = (paper_id: string, parcel_id: string | null, holder_kind: string): Case["papers"][number] => ({
  paper_id,
  component: "ket_qua",
  form: "original",
  originals: 1,
  copies: 0,
  condition: "intact",
  is_result: true,
  superseded: false,
  state: "sealed",
  holder_kind,
  parcel_id,
});

/** The same on the list of what is given. */
export const given = (paper_id: string): Visit["give"][number] => ({
  paper_id,
  component: "ket_qua",
  name: null,
  originals: 1,
  copies: 0,
  is_result: true,
});

export const aParcel = (
  parcel_id: string,
  holder_kind: string,
  offer_id: string | null = null,
): Case["parcels"][number] => ({
  parcel_id,
  label: null,
  state: "sealed",
  holder_kind,
  held_by: `${holder_kind} 1`,
  offer_id,
});
