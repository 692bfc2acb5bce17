/** Pictures that were put off, and can still be made on this phone. */
import { expect, it } from "vitest";
import { picturesDue } from "../src/documents/due.ts";
import { learned } from "../src/sync/day.ts";
import { aCase, aDay, aNote, aVisit } from "./days.ts";

const known = (change: Parameters<typeof aDay>[0] = {}) =>
  learned(null, aDay({ full: true, cases: [aCase("A")], visits: [aVisit("v", "A")], ...change }), new Set());

const taken = aNote("take_papers", "v", "A", { papers: [{ id: "p" }, { id: "q" }] });
const later = aNote("defer_photograph", "v", "A", { paper_ids: ["p", "q"], reason: "rain" });
const sealed = aNote("seal", "v", "A", { parcel_id: "P", label: "L", paper_ids: ["p", "q"] });
const ended = aNote("finish_visit", "v", "A", { outcome: "done" });
const papers = (notes: ReturnType<typeof aNote>[], day = known()) => picturesDue(day, notes).map((one) => one.papers);

it("once the visit is over, what was put off is still to be made, sealed or not", () => {
  expect(papers([taken, later, sealed, ended])).toEqual([["p", "q"]]);
  expect(papers([taken, later]), "at the door it stands in the visit").toEqual([]);
  expect(papers([taken, sealed, ended])).toEqual([]);
});

it("made, it is no longer due", () => {
  const photograph = aNote("photograph", "v", "A", { paper_id: "p", page_id: "1", page_number: 1 });
  expect(papers([taken, later, sealed, ended, photograph])).toEqual([["q"]]);
});

it("what is in other hands is theirs to photograph", () => {
  const heard = [taken, later, sealed, ended].map((note, place) => ({ ...note, seq: place + 1 }));
  expect(papers(heard, known({ next_seq: 5 })), "the post has it").toEqual([]);
  const back = aNote("hand_back_papers", "v", "A", { paper_ids: ["q"] });
  const rest = { ...sealed, body: { ...sealed.body, paper_ids: ["p"] } };
  expect(papers([taken, later, back, rest, ended])).toEqual([["p"]]);
});

it("a visit that came to nothing photographs nothing", () => {
  expect(papers([taken, later, aNote("fail_visit", "v", "A", { reason: "V06" })])).toEqual([]);
});
