/** The day as stops: one visit of one house, whatever the number of cases. Pure. */

import type { Noted } from "../acts/record.ts";
import { instant } from "../device/clock.ts";
import { reportedOn } from "../incidents/things.ts";
import type { Case, Known, Visit } from "../sync/day.ts";
import { dueNow, type View, view } from "../visit/view.ts";

export type Flag =
  | "late"
  | "unconfirmed"
  | "elsewhere"
  | "noWriting"
  | "elderly"
  | "travels"
  | "surrender"
  | "ownerOnly"
  | "incident"
  | "stopped";

/** What is left to give, take and pay at it: not what changed hands on this phone, whether the centre has heard or not. */
export interface Stop {
  visit_id: string;
  day: string;
  window: string;
  state: string;
  purpose: "collect" | "deliver" | "both" | "supplement" | "exchange" | "return_papers";
  /** Whom to meet. */
  name: string;
  phone: string | null;
  hamlet: string;
  landmark: string;
  address: string;
  /** Where the house is on the map, if the citizen lets us keep that. */
  mark: { lat: number; lon: number } | null;
  give: number;
  take: number;
  /** Đồng. */
  due: number;
  flags: Flag[];
  cases: string[];
}

const ENDED = new Set(["done", "partly", "incomplete_sent", "failed", "cancelled", "not_gone"]);
const FAILED = new Set(["failed", "not_gone"]);
/** From full 60 years on a person is old (Luật Người cao tuổi 39/2009/QH12, Đ2). */
const OLD = 60;

export const ended = (stop: Stop): boolean => ENDED.has(stop.state);
export const failed = (stop: Stop): boolean => FAILED.has(stop.state);

/** All stops in the order of the route: by day and window, the house that was begun first. */
export function stops(day: Known, notes: readonly Noted[], now: number): Stop[] {
  const houses = new Map<string, Visit[]>();
  for (const visit of [...day.visits, ...day.past])
    houses.set(visit.visit_id, [...(houses.get(visit.visit_id) ?? []), visit]);
  const found = [...houses.values()].map((parts) => stop(parts, day, notes, now));
  return found.sort((one, other) => order(one).localeCompare(order(other)));
}

const BEGUN = ["arrived", "on_the_way"];

const order = (stop: Stop): string =>
  `${stop.day} ${BEGUN.includes(stop.state) ? `0${BEGUN.indexOf(stop.state)}` : "1"} ${stop.window} ${stop.visit_id}`;

function stop(parts: Visit[], day: Known, notes: readonly Noted[], now: number): Stop {
  const [first] = parts as [Visit, ...Visit[]];
  const cases = parts.flatMap((one) => day.cases[one.case_id] ?? []);
  const seen = parts.map((one) => ({ one, shown: view(day, one, notes) }));
  const state = together(seen.map(({ shown }) => shown.state));
  const met = cases[0];
  const sum = (count: (one: Visit, shown: View) => number) =>
    seen.reduce((total, { one, shown }) => total + count(one, shown), 0);
  return {
    visit_id: first.visit_id,
    day: first.day,
    window: first.time_window,
    state,
    purpose: purpose(parts),
    name: met ? whom(met) : "",
    phone: met?.phone ?? null,
    hamlet: met?.hamlet ?? "",
    landmark: met?.landmark ?? "",
    address: met?.address ?? "",
    mark: met?.mark ?? null,
    give: sum((one, { given }) => one.give.filter((paper) => !given.includes(paper.paper_id)).length),
    take: sum((one, { papers }) => sheets(one.take.filter(({ component }) => !has(papers, component)))),
    due: sum((one, shown) => Math.max(0, one.due - paidHere(one, day, shown))),
    flags: flags(parts, cases, state, notes, now),
    cases: parts.map((one) => one.case_id),
  };
}

/** Of what the centre asks for: what was paid, or became due, by acts of this phone that it has not told of yet. */
function paidHere(one: Visit, day: Known, shown: View): number {
  const owed = (seen: View) => dueNow(seen, one.purpose).reduce((total, charge) => total + charge.amount, 0);
  return owed(view(day, one, [])) - owed(shown);
}

const has = (papers: View["papers"], component: string): boolean =>
  papers.some((paper) => paper.component === component);

/** One where the list of the procedure does not say how many. */
const sheets = (papers: Visit["take"]): number =>
  papers.reduce(
    (total, { originals, copies }) =>
      total + (originals === null && copies === null ? 1 : (originals ?? 0) + (copies ?? 0)),
    0,
  );

/** Of a house: as long as one of its cases is open, the visit is. */
function together(states: string[]): string {
  const open = states.filter((state) => !ENDED.has(state));
  if (open.length > 0)
    return open.includes("arrived") ? "arrived" : open.includes("on_the_way") ? "on_the_way" : open[0]!;
  const all = new Set(states);
  return all.size === 1 ? states[0]! : "partly";
}

const GIVING = new Set(["deliver", "return_papers"]);

/** Both where one gives for one case and takes for another; else what the first case is for. */
function purpose(parts: Visit[]): Stop["purpose"] {
  const giving = parts.filter((one) => GIVING.has(one.purpose)).length;
  if (giving > 0 && giving < parts.length) return "both";
  return (parts[0]?.purpose ?? "collect") as Stop["purpose"];
}

/** Who files is met; else the owner. */
function whom(one: Case): string {
  return one.parties.find((party) => party.role === "filer")?.name ?? one.owner_name ?? "";
}

function flags(parts: Visit[], cases: Case[], state: string, notes: readonly Noted[], now: number): Flag[] {
  const [first] = parts as [Visit, ...Visit[]];
  const ids = parts.map((one) => one.case_id);
  const until = first.time_window.split("-")[1];
  const open = !ENDED.has(state);
  const asked: [Flag, boolean][] = [
    ["late", open && until !== undefined && now > instant(first.day, until)],
    ["unconfirmed", open && parts.some((one) => !one.confirmed)],
    ["elsewhere", open && parts.some((one) => one.perhaps_elsewhere)],
    ["noWriting", cases.some((one) => one.model === "no_writing")],
    ["elderly", cases.some((one) => one.parties.some((party) => age(party.born, now) >= OLD))],
    [
      "travels",
      parts.some((one) => one.take.some((paper) => (paper.originals ?? 1) > 0 && paper.original === "travels")),
    ],
    ["surrender", parts.some((one) => one.take.some((paper) => paper.surrender))],
    ["ownerOnly", parts.some((one) => one.give.length > 0) && cases.some((one) => one.recipient_class === "owner")],
    ["incident", cases.some((one) => one.incidents.length > 0) || reportedOn(ids, notes)],
    ["stopped", cases.some((one) => one.exception_open)],
  ];
  return asked.filter(([, holds]) => holds).map(([flag]) => flag);
}

/** Full years at the most; -1 where the year of birth is not known. */
function age(born: string | null, now: number): number {
  const year = Number((born ?? "").slice(0, 4));
  return year > 0 ? new Date(now).getUTCFullYear() - year : -1;
}

export interface Round {
  next: Stop | null;
  rest: Stop[];
  over: Stop[];
  later: Stop[];
}

/** Today's stops as the first screen shows them. */
export function round(all: readonly Stop[], today: string): Round {
  const due = all.filter((stop) => stop.day <= today && !ended(stop));
  return {
    next: due[0] ?? null,
    rest: due.slice(1),
    over: all.filter((stop) => stop.day === today && ended(stop) && stop.state !== "cancelled"),
    later: all.filter((stop) => stop.day > today && !ended(stop)),
  };
}
