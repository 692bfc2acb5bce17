/** The courier's own day as the phone counts it: before the centre has heard, and after. */
import { describe, expect, it } from "vitest";
import type { Noted } from "../src/acts/record.ts";
import { sum } from "../src/fees/banknotes.ts";
import { type JobChange, jobsOf, own, runs } from "../src/shift/own.ts";
import { type Day, learned } from "../src/sync/day.ts";
import { aCase, aDay, aVisit } from "./days.ts";

const TODAY = "2026-11-25";
const SHIFT = "shift-1";
const NONE: ReadonlySet<number> = new Set();

const told = (own: Partial<Day["own"]> = {}, change: Partial<Day> = {}) =>
  learned(
    null,
    aDay({ full: true, own: { shift: null, cash: 0, set_numbers: [], changes: [], ...own }, ...change }),
    new Set(),
  );

const open = (change: object = {}) => ({
  shift_id: SHIFT,
  unit_id: "post",
  day: TODAY,
  state: "open",
  float_amount: 300_000,
  begun_at: "2026-11-25T00:00:00Z",
  counted: null,
  awaited: null,
  difference: null,
  ...change,
});

let seq = 0;
function did(kind: string, body: Record<string, unknown> = {}, kindOf: "shift" | "case" = "shift"): Noted {
  seq += 1;
  return { seq, id: `${seq}`, kind, subject: { kind: kindOf, id: kindOf === "shift" ? SHIFT : "A" }, body, at: 0 };
}
const begins = () => did("begin_shift", { unit: "post", day: TODAY, float_amount: 300_000 });
const collects = (total: number, means = "cash") => did("collect", { total, means }, "case");
const again = () => {
  seq = 0;
};

describe("cash in hand", () => {
  it("is the float and what was collected, less what was paid in, before anybody has heard", () => {
    again();
    const notes = [begins(), collects(21_000), collects(8000, "transfer"), did("remit", { amount: 20_000 })];
    expect(own(told(), notes, NONE, TODAY)).toMatchObject({ cash: 301_000, unsent: 21_000 });
  });

  it("counts nothing twice once the centre has heard of it", () => {
    again();
    const notes = [begins(), collects(21_000), collects(5000)];
    const known = told({ shift: open(), cash: 321_000 }, { next_seq: 3 });
    expect(own(known, notes, NONE, TODAY)).toMatchObject({ cash: 326_000, unsent: 5000 });
  });

  it("has what the centre received and has not decided", () => {
    again();
    const notes = [begins(), collects(21_000)];
    const known = told({ shift: open(), cash: 300_000 }, { next_seq: 3 });
    expect(own(known, notes, new Set([2]), TODAY)).toMatchObject({ cash: 321_000, unsent: 0, undecided: 21_000 });
  });

  it("is nothing after the count, whoever has heard of it", () => {
    again();
    const notes = [begins(), collects(21_000), did("close_shift", { counted: 321_000 })];
    expect(own(told({ cash: 300_000 }, { next_seq: 2 }), notes, NONE, TODAY).cash).toBe(0);
    expect(own(told({ shift: open({ state: "counted" }), cash: 0 }, { next_seq: 4 }), notes, NONE, TODAY).cash).toBe(0);
    expect(own(told({ cash: -21_000 }, { next_seq: 4 }), notes, NONE, TODAY).cash).toBe(0);
  });
});

describe("the shift", () => {
  it("is open as soon as it has begun here, and counted as soon as it was counted", () => {
    again();
    const notes = [begins()];
    expect(own(told(), [], NONE, TODAY).shift).toBeNull();
    expect(own(told(), notes, NONE, TODAY).shift).toMatchObject({ shift_id: SHIFT, state: "open" });
    notes.push(did("close_shift_provisionally", { counted: 300_000, awaited: 0 }));
    expect(own(told(), notes, NONE, TODAY).shift).toMatchObject({ state: "provisional", counted: 300_000 });
  });

  it("of yesterday stays while it is open, and is over once it was closed", () => {
    const day = "2026-11-24";
    expect(own(told({ shift: open({ day }) }), [], NONE, TODAY).shift?.state).toBe("open");
    expect(own(told({ shift: open({ day, state: "closed" }) }), [], NONE, TODAY).shift).toBeNull();
  });
});

describe("changes of the list", () => {
  const change: JobChange = {
    visit_id: "v1",
    case_id: "A",
    what: "moved",
    day: TODAY,
    window: "14:00-15:00",
    was_day: TODAY,
    was_window: "07:00-08:00",
    owner_name: "Nguyễn Thị Huệ",
  };

  it("are gone as soon as they are accepted here, and come again when they change again", () => {
    again();
    const known = told({ shift: open(), changes: [change] });
    const seen = { visit_id: "v1", case_id: "A", day: TODAY, window: "14:00-15:00" };
    const notes = [did("accept_jobs", { jobs: [seen] })];
    expect(own(known, [], NONE, TODAY).changes).toHaveLength(1);
    expect(own(known, notes, NONE, TODAY).changes).toEqual([]);
    const later = told({ shift: open(), changes: [{ ...change, window: "16:00-17:00" }] });
    expect(own(later, notes, NONE, TODAY).changes).toHaveLength(1);
  });

  it("that the centre tells after it has heard are news, even if they are what was accepted once", () => {
    again();
    const seen = { visit_id: "v1", case_id: "A", day: TODAY, window: "14:00-15:00" };
    const known = told({ shift: open(), changes: [change] }, { next_seq: 9 });
    expect(own(known, [did("accept_jobs", { jobs: [seen] })], NONE, TODAY).changes).toHaveLength(1);
  });

  it("the list that is accepted in the morning is today's, also what was left of yesterday", () => {
    const visits = [
      aVisit("v0", "A", { day: "2026-11-24" }),
      aVisit("v1", "A"),
      aVisit("v2", "A", { day: "2026-11-26" }),
    ];
    const known = told({}, { cases: [aCase("A")], visits });
    expect(jobsOf(known, TODAY).map((one) => one.visit_id)).toEqual(["v0", "v1"]);
  });
});

it("numbers that follow each other are said as from and to", () => {
  expect(runs([412, 413, 414, 420, 418, 419, 500])).toBe("412–414, 418–420, 500");
  expect(runs([])).toBe("");
});

it("notes are counted kind by kind", () => {
  expect(sum({ 500000: 2, 200: 3, 5000: 1 })).toBe(1_005_600);
});
