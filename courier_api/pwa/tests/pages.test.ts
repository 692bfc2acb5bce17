/** Photographed pages of a visit, folded from the acts of this phone. */
import { expect, it } from "vitest";
import type { Noted } from "../src/acts/record.ts";
import type { Known, Visit } from "../src/sync/day.ts";
import { view } from "../src/visit/view.ts";

const VISIT = { visit_id: "v", case_id: "c", state: "arrived" } as Visit;
const NOTHING = { cases: {}, extras: [] } as unknown as Known;

const noted = (kind: string, body: Record<string, unknown>, seq: number): Noted => ({
  seq,
  id: `${seq}`,
  kind,
  subject: { kind: "case", id: "c" },
  body: { visit_id: "v", ...body },
  at: seq,
});

const page = (page_id: string, page_number: number, bad?: string[]) =>
  ["photograph", { paper_id: "p", page_id, page_number, ...(bad ? { seen: { bad } } : {}) }] as const;

const seen = (...acts: (readonly [string, Record<string, unknown>])[]) =>
  view(
    NOTHING,
    VISIT,
    acts.map(([kind, body], at) => noted(kind, body, at + 1)),
  );

it("a page taken anew stands for the one before", () => {
  const found = seen(page("one", 1, ["blurred"]), page("two", 2, []), page("one", 1, []));
  expect(found.pages).toEqual({ p: 2 });
  expect(found.photographed.p).toEqual([
    { page_id: "one", number: 1, bad: [] },
    { page_id: "two", number: 2, bad: [] },
  ]);
});

it("what was used all the same stays with its page, and pages of before know no faults", () => {
  const found = seen(page("one", 1), page("two", 2, ["glare", "dark"]));
  expect(found.photographed.p?.map((one) => one.bad)).toEqual([[], ["glare", "dark"]]);
});

it("what is put off is put off until it is photographed", () => {
  const later = ["defer_photograph", { paper_ids: ["p", "q"], reason: "rain" }] as const;
  expect(seen(later).deferred).toEqual({ p: "rain", q: "rain" });
  expect(seen(later, page("one", 1, [])).deferred).toEqual({ q: "rain" });
  expect(seen(page("one", 1, []), later).deferred).toEqual({ p: "rain", q: "rain" });
});
