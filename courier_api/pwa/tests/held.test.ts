/** In the courier's hands: what the centre's ledger says, and what was done here that it has not heard of. */
import { expect, it } from "vitest";
import { atThePost, inHands, toHandIn } from "../src/custody/held.ts";
import { carried } from "../src/day/carried.ts";
import type { Held } from "../src/sync/day.ts";
import { learned } from "../src/sync/day.ts";
import { aCase, aDay, aNote, aParcel, aResult, aVisit, given } from "./days.ts";

const held = (change: Partial<Held>): Held => ({
  case_id: "A",
  owner_name: "Nguyễn Thị Huệ",
  parcel_id: null,
  label: null,
  offered: false,
  paper_ids: [],
  ...change,
});

/** Case A is picked up from, case B gets its result, which is at the post. */
const known = (change: Parameters<typeof aDay>[0] = {}) =>
  learned(
    null,
    aDay({
      full: true,
      labels: ["L1", "L2"],
      own: { shift: null, cash: 0, set_numbers: [412, 413], changes: [] },
      cases: [
        aCase("A"),
        aCase("B", { papers: [aResult("r1", "P9", "unit")], parcels: [aParcel("P9", "unit", "offer 1")] }),
      ],
      visits: [aVisit("v1", "A"), aVisit("v2", "B", { purpose: "deliver", give: [given("r1")] })],
      ...change,
    }),
    new Set(),
  );

const taken = aNote("take_papers", "v1", "A", { papers: [{ id: "p1" }, { id: "p2" }] });
const sealed = aNote("seal", "v1", "A", { parcel_id: "P1", label: "L1", paper_ids: ["p1", "p2"] });
const ended = aNote("finish_visit", "v1", "A");
const offered = aNote("offer", "v1", "A", { parcel_ids: ["P1"], paper_ids: [] });
const received = aNote("receive", "v2", "B", { parcel_ids: ["P9"], paper_ids: [] });

it("what was taken here counts at once; sealed, it is one parcel", () => {
  const owner = "Nguyễn Thị Huệ";
  const held = [{ case_id: "A", owner, papers: 2 }];
  expect(carried(known(), [taken])).toEqual({ papers: 2, held, labels: 2, sets: [412, 413] });
  expect(carried(known(), [taken, sealed])).toEqual({ papers: 2, held, labels: 1, sets: [413] });
  expect(inHands(known(), [taken, sealed]).map((one) => [one.parcel_id, one.label, one.paper_ids])).toEqual([
    ["P1", "L1", ["p1", "p2"]],
  ]);
});

it("what the ledger has heard of is not counted again", () => {
  const day = known({ held: [held({ parcel_id: "P1", label: "L1", paper_ids: ["p1", "p2"] })], next_seq: 3 });
  const heard = [taken, sealed].map((note, place) => ({ ...note, seq: place + 1 }));
  expect(carried(day, heard).papers).toBe(2);
  expect(carried(known({ next_seq: 3 }), heard).papers, "the post has received it since").toBe(0);
});

it("it goes to the post once its visit is over, and waits there until it is scanned", () => {
  expect(toHandIn(known(), [taken, sealed])).toEqual([]);
  expect(toHandIn(known(), [taken, sealed, ended]).map((one) => [one.parcel_id, one.offered])).toEqual([["P1", false]]);
  expect(toHandIn(known(), [taken, sealed, ended, offered]).map((one) => one.offered)).toEqual([true]);
});

it("a result waits at the post until it is taken along, under the offer that names it", () => {
  const [waits] = atThePost(known(), []);
  expect(waits).toMatchObject({ parcel_id: "P9", offer_id: "offer 1", giver: { kind: "unit", id: "unit 1" } });
  expect(waits!.paper_ids).toEqual(["r1"]);
  expect(atThePost(known(), [received])).toEqual([]);
  expect(carried(known(), [received]).papers).toBe(1);
});

it("a result that nobody offers can be taken along too", () => {
  const cases = [aCase("B", { papers: [aResult("r1", "P9", "unit")], parcels: [aParcel("P9", "unit")] })];
  expect(atThePost(known({ cases }), [])).toMatchObject([{ parcel_id: "P9", offer_id: null }]);
});

it("handed over, nothing of it is carried, and the empty envelope neither", () => {
  const handed = aNote("hand_over_result", "v2", "B", { paper_ids: ["r1"] });
  expect(inHands(known(), [received, handed])).toEqual([]);
});

it("papers handed back before they were sealed are the citizen's again", () => {
  const back = aNote("hand_back_papers", "v1", "A", { paper_ids: ["p1"] });
  expect(carried(known(), [taken, back]).papers).toBe(1);
});

it("says the numbers of the sets in the bag, without those that were given up", () => {
  expect(carried(known(), [sealed]).sets).toEqual([413]);
  const torn = { ...sealed, kind: "void_label_sets", body: { numbers: [413], reason: "torn" } };
  expect(carried(known(), [torn])).toMatchObject({ labels: 1, sets: [412] });
});

it("counts label sets of which the centre told no numbers yet", () => {
  const own = { shift: null, cash: 0, set_numbers: [], changes: [] };
  expect(carried(known({ own }), [sealed])).toMatchObject({ labels: 1, sets: [] });
});

it("a parcel that came back to the post waits there again, once the ledger says so", () => {
  const heard = { ...received, seq: 1 };
  expect(atThePost(known({ next_seq: 2 }), [heard])).toMatchObject([{ parcel_id: "P9" }]);
});

it("papers of a case that is visited again today are not handed in before", () => {
  const visits = [aVisit("v1", "A"), aVisit("v3", "A", { purpose: "deliver" })];
  expect(toHandIn(known({ visits }), [taken, sealed, ended])).toEqual([]);
});
