/** What is next for a parcel whose label was read, by the rule table that ships with the app. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Noted } from "../src/acts/record.ts";
import { type RuleFile, RuleTable } from "../src/acts/rules.ts";
import { itemNumber, setNumber } from "../src/scanning/item.ts";
import { labelOf, parcelOf, standing, toSeal } from "../src/scanning/next.ts";
import { asLabel, used } from "../src/scanning/stock.ts";
import { type Case, learned, type Visit } from "../src/sync/day.ts";
import type { Here } from "../src/visit/here.ts";
import { view } from "../src/visit/view.ts";
import { aCase, aDay, aNote, aParcel, aResult, aVisit, given } from "./days.ts";

const TABLE = new RuleTable(
  JSON.parse(readFileSync(new URL("../../../backend/acts/rules/0001.json", import.meta.url), "utf8")) as RuleFile,
);
const TODAY = "2026-11-25";

const known = (cases: Case[], visits: Visit[], change: Parameters<typeof aDay>[0] = {}) =>
  learned(null, aDay({ full: true, cases, visits, ...change }), new Set());
type Day = ReturnType<typeof known>;

const house = (day: Day, notes: Noted[]): Here[] =>
  day.visits.map((part) => ({ part, one: day.cases[part.case_id], forms: [], view: view(day, part, notes) }));

function scanned(day: Day, notes: Noted[], label: string) {
  const found = parcelOf(label, day, notes);
  if (!found) return null;
  const { state, holder, next, refused } = standing(found, day, notes, house(day, notes), TABLE, TODAY);
  return { state, holder, next, refused };
}

const taken = aNote("take_papers", "v", "A", { papers: [{ id: "p" }] });
const sealed = aNote("seal", "v", "A", { parcel_id: "P", label: "L1", paper_ids: ["p"] });
const ended = aNote("finish_visit", "v", "A", { outcome: "done" });
const pickUp = () => known([aCase("A")], [aVisit("v", "A", { state: "arrived" })]);

it("a parcel sealed here belongs to its visit until that is over, then it goes to the post", () => {
  expect(scanned(pickUp(), [taken, sealed], "L1")).toEqual({
    state: "sealed",
    holder: "me",
    next: { does: "visit", visit: "v" },
    refused: null,
  });
  expect(scanned(pickUp(), [taken, sealed, ended], "L1")).toMatchObject({
    next: { does: "offer", thing: "A P" },
    refused: null,
  });
  const offered = aNote("offer", "v", "A", { parcel_ids: ["P"], paper_ids: [] });
  expect(scanned(pickUp(), [taken, sealed, ended, offered], "L1")).toMatchObject({
    state: "offered",
    next: { does: "wait" },
  });
});

const delivery = (parcel: Case["parcels"][number], visit: Partial<Visit> = {}, more: Partial<Case> = {}) =>
  known(
    [aCase("B", { papers: [aResult("r", "P", parcel.holder_kind)], parcels: [{ ...parcel, label: "L2" }], ...more })],
    [aVisit("w", "B", { purpose: "deliver", give: [given("r")], ...visit })],
    parcel.holder_kind === "courier"
      ? {
          held: [{ case_id: "B", owner_name: "Huệ", parcel_id: "P", label: "L2", offered: false, paper_ids: ["r"] }],
        }
      : {},
  );

it("a result that lies at the post is taken along", () => {
  expect(scanned(delivery(aParcel("P", "unit", "offer")), [], "L2")).toEqual({
    state: "sealed",
    holder: "unit",
    next: { does: "receive", thing: "B P" },
    refused: null,
  });
});

it("carried, it is given at its house: first who it is, then opened, signed for, handed over", () => {
  const at = (notes: Noted[], change: Partial<Visit> = { state: "arrived" }) =>
    scanned(delivery(aParcel("P", "courier"), change), notes, "L2");
  expect(at([], { state: "planned" })?.next).toEqual({ does: "visit", visit: "w" });
  expect(at([])?.next).toEqual({ does: "step", visit: "w", step: "identity" });
  const met = aNote("check_identity", "w", "B", { party: "owner", means: "card_seen" });
  expect(at([met])).toMatchObject({ next: { does: "step", visit: "w", step: "opening" }, refused: null });
  const opened = aNote("open_result", "w", "B", { parcel_id: "P" });
  expect(at([met, opened])).toMatchObject({ state: "opened", next: { step: "receipt" } });
  const signed = aNote("sign", "w", "B", { document: "hand_over", mode: "drawn" });
  expect(at([met, opened, signed])?.next).toMatchObject({ step: "handing" });
});

it("what the rule table says against it is said, in its own words", () => {
  const met = aNote("check_identity", "w", "B", { party: "owner", means: "card_seen" });
  const charges = [{ charge_id: "f", line: "le_phi", amount: 8000, due_at: "return", state: "due" }];
  const owing = delivery(aParcel("P", "courier"), { state: "arrived" }, { charges });
  expect(scanned(owing, [met], "L2")?.refused).toContain("Thu đủ phí");
  const incidents = [{ incident_id: "i", cause: "torn", things: ["P"] }];
  const frozen = delivery(aParcel("P", "courier"), { state: "arrived" }, { incidents });
  expect(scanned(frozen, [met], "L2")?.refused).toContain("sự cố");
  const ended = aNote("fail_visit", "w", "B", { reason: "H01" });
  expect(scanned(frozen, [ended], "L2"), "to the post it goes all the same").toMatchObject({
    next: { does: "offer" },
    refused: null,
  });
});

it("what is recorded with somebody else is reported", () => {
  for (const kind of ["agency", "courier", "citizen", "lost"])
    expect(
      scanned(known([aCase("A", { parcels: [{ ...aParcel("P", kind), label: "L3" }] })], [aVisit("v", "A")]), [], "L3"),
    ).toMatchObject({ holder: kind, next: { does: "report" } });
});

it("handed over, it is the citizen's", () => {
  const back = aNote("hand_back_papers", "v", "A", { paper_ids: ["p"] });
  expect(scanned(pickUp(), [taken, sealed, back], "L1")).toMatchObject({ holder: "citizen", next: { does: "report" } });
});

it("a label that nobody here knows leads nowhere", () => {
  expect(scanned(pickUp(), [], "L9")).toBeNull();
});

it("a label of one's own goes where papers wait for it", () => {
  const cases = (notes: Noted[]) => toSeal(house(pickUp(), notes)).map(({ part }) => part.case_id);
  expect(cases([])).toEqual([]);
  expect(cases([taken])).toEqual(["A"]);
  expect(cases([taken, sealed])).toEqual([]);
});

it("a replaced label is good for nothing, and the new one is the parcel's", () => {
  const relabel = aNote("relabel", "v", "A", { parcel_id: "P", label: "L2" });
  const day = pickUp();
  expect(labelOf("P", day, [taken, sealed])).toBe("L1");
  expect(labelOf("P", day, [taken, sealed, relabel])).toBe("L2");
  expect(used([sealed, relabel]).gone.labels).toEqual(new Set(["L1"]));
  expect(used([sealed, relabel]).bound).toEqual(["L2"]);
  expect(scanned(day, [taken, sealed, relabel], "L2")).toMatchObject({ holder: "me" });
  const ofTheCentre = { ...relabel, shown: { replaces: "L0" } };
  expect(used([ofTheCentre]).gone.labels).toEqual(new Set(["L0"]));
  const torn = { ...relabel, kind: "void_label_sets", body: { numbers: [7], reason: "torn" } };
  expect(used([torn]).gone.numbers).toEqual(new Set([7]));
});

it("the number under the bars is as good as the label, where this phone has that", () => {
  const label = "00000000000000000000";
  const number = itemNumber(setNumber(label)!)!;
  const day = known([aCase("A")], [aVisit("v", "A")], { labels: [label] });
  expect(asLabel(`${number.slice(0, 2)} ${number.slice(2)}`, day, [])).toBe(label);
  expect(asLabel("TN473124829VN", day, [])).toBe("TN473124829VN");
  expect(asLabel(` ${label} `, day, [])).toBe(label);
});
