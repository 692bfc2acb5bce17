/** The day as this phone knows it: everything once, then what changed. */

import { beginChain, NOTE, type Noted } from "../acts/record.ts";
import type { components } from "../api";
import { localDate } from "../device/clock.ts";
import * as lease from "../device/lease.ts";
import { prepare } from "../device/lengthening.ts";
import { request } from "../device/line.ts";

type Schemas = components["schemas"];
export type Day = Schemas["Day"];
export type Case = Schemas["BundledCase"];
export type Visit = Schemas["BundledVisit"];
export type Held = Schemas["InHand"];
export type Payee = Schemas["backend.sync.day.Payee"];
export type Code = Schemas["CourierCode"];

/** What is kept of the answers, under the lease. */
export interface Known {
  cursor: string;
  now: string;
  rules: number;
  catalogue: string | null;
  forms: string | null;
  cases: Record<string, Case>;
  visits: Visit[];
  /** Of today, ended on this phone and no longer on the centre's list. */
  past: Visit[];
  /** In this courier's hands, by the centre's ledger. */
  held: Held[];
  /** Parts of visits that are no longer this courier's, and were not ended here. */
  gone: string[];
  labels: string[];
  code: Code;
  notices: Schemas["NoticeToShow"][];
  extras: Schemas["ExtraToAsk"][];
  slip_blocks: Schemas["SlipBlock"][];
  reference_blocks: Schemas["ReferenceBlock"][];
  payees: Payee[];
  own: Schemas["OwnDay"];
  /** The centre had received all acts of this phone before that number when it said all this. */
  next_seq: number;
}

/** Of a day that an app kept which was told less: with the next answer the centre says it. */
const UNTOLD = {
  forms: null,
  held: [],
  gone: [],
  extras: [],
  reference_blocks: [],
  payees: [],
  own: { shift: null, cash: 0, set_numbers: [], changes: [] },
  next_seq: Number.MAX_SAFE_INTEGER,
} satisfies Partial<Known>;

export async function known(): Promise<Known | null> {
  const kept = await lease.get<Known>("day");
  return kept ? { ...UNTOLD, ...kept } : null;
}

/** Asks what changed since. `ended`: parts of visits that this phone has ended. Throws NotHeard, Refused. */
export async function pull(ended: ReadonlySet<string>): Promise<Known> {
  const before = await known();
  const query = before ? `?since=${encodeURIComponent(before.cursor)}` : "";
  const day = (await (await request("GET", `/api/courier/sync/day${query}`)).json()) as Day;
  await beginChain(day.next_seq);
  await lease.prolong(Date.parse(day.lease_until));
  await prepare(day.lengthening);
  const next = learned(before, day, ended);
  await lease.put("day", next);
  return next;
}

/** `day` over what was known. What has left the list leaves the phone, but for what was ended here today. */
export function learned(before: Known | null, day: Day, ended: ReadonlySet<string>): Known {
  const was = new Map((before?.visits ?? []).map((visit) => [part(visit), visit]));
  const visits = new Map(day.full ? [] : was);
  for (const visit of day.visits) visits.set(part(visit), visit);
  for (const gone of day.gone) visits.delete(part(gone));
  const today = localDate(Date.parse(day.now));
  const left = [...was.values()].filter((visit) => !visits.has(part(visit)) && ended.has(part(visit)));
  const past = [...(before?.past ?? []), ...left].filter((visit) => visit.day === today && !visits.has(part(visit)));
  const { cursor, now, rules, catalogue, forms, held, labels, code, notices, extras, slip_blocks } = day;
  const { reference_blocks, payees, own, next_seq } = day;
  const shown = [...visits.values()];
  const away = day.gone.map(part).filter((one) => !ended.has(one));
  const gone = [...(day.full ? [] : (before?.gone ?? [])), ...away].filter((one) => !visits.has(one));
  const cases = casesOf([...shown, ...past], { ...before?.cases, ...byId(day.cases) });
  const whole = { cursor, now, rules, catalogue, forms, held, labels, code, notices, extras, slip_blocks };
  return { ...whole, cases, visits: shown, past, gone, reference_blocks, payees, own, next_seq };
}

const byId = (cases: readonly Case[]): Record<string, Case> =>
  Object.fromEntries(cases.map((one) => [one.case_id, one]));

/** Only of people whose visits are here: nobody else's name stays. */
function casesOf(visits: Visit[], known: Record<string, Case>): Record<string, Case> {
  const here = new Set(visits.map((visit) => visit.case_id));
  return Object.fromEntries(Object.entries(known).filter(([id]) => here.has(id)));
}

/** One case's part in a visit. */
export const part = (one: { visit_id: string; case_id: string }): string => `${one.visit_id} ${one.case_id}`;

/** What this phone did, as far as the lease reaches: in the order of the acts. */
export const notes = (): Promise<Noted[]> => lease.all<Noted>(NOTE);
