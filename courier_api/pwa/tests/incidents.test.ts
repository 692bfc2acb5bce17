/** What may have gone wrong, and what it may touch. */
import { expect, it } from "vitest";
import { APART, among, causeOf, KINDS } from "../src/incidents/causes.ts";
import { reportedOn, touchable } from "../src/incidents/things.ts";
import { vi } from "../src/incidents/words.ts";
import { learned } from "../src/sync/day.ts";
import { aCase, aDay, aNote, aVisit } from "./days.ts";

it("every kind of the rule data says what it is to the centre, at once or after one more question", () => {
  expect(KINDS.length).toBeGreaterThan(10);
  for (const { code } of KINDS) {
    const several = among(code);
    if (several.length === 0) expect(causeOf(code, ""), code).toBe(code);
    else expect(causeOf(code, ""), code).toBeNull();
    for (const cause of several) expect(causeOf(code, cause)).toBe(cause);
  }
  expect(causeOf("", "")).toBeNull();
  expect(causeOf("money_differs", "short")).toBeNull();
});

it("kinds that stand for several are kinds, and each of theirs has its words", () => {
  for (const [kind, causes] of Object.entries(APART)) {
    expect(KINDS.map((one) => one.code)).toContain(kind);
    for (const cause of causes) expect(vi).toHaveProperty(cause);
  }
});

it("offers what was taken and sealed here before the centre has heard of it, each once", () => {
  const known = learned(null, aDay({ full: true, cases: [aCase("A")], visits: [aVisit("v1", "A")] }), new Set());
  const notes = [
    aNote("take_papers", "v1", "A", { papers: [{ id: "p1", component: "to_khai" }] }),
    aNote("seal", "v1", "A", { label: "L1", parcel_id: "b1", seal_number: "NP00000001", paper_ids: ["p1"] }),
  ];
  const [one] = touchable(known, notes);
  expect(one?.things.map((thing) => [thing.kind, thing.id, thing.named])).toEqual([
    ["case", "A", ""],
    ["paper", "p1", "to_khai"],
    ["parcel", "b1", "NP00000001"],
  ]);
});

it("a visit has an incident as soon as it was reported here", () => {
  const note = aNote("report_incident", "", "x", { touches: [{ case_id: "A", kind: "case", id: "A" }] });
  expect(reportedOn(["A", "B"], [note])).toBe(true);
  expect(reportedOn(["B"], [note])).toBe(false);
});
