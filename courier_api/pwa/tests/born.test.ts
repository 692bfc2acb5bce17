/** Cases born on this phone: shown until the centre's list brings them, never twice. */
import { expect, it } from "vitest";
import { carried } from "../src/day/carried.ts";
import { round, stops } from "../src/day/stops.ts";
import { instant } from "../src/device/clock.ts";
import { withBorn } from "../src/sync/born.ts";
import { learned } from "../src/sync/day.ts";
import { aCase, aDay, aNote, aVisit } from "./days.ts";

const NONE: ReadonlySet<string> = new Set();
const NOW = instant("2026-11-25", "07:30");
const born = { one: aCase("N", { version: 0 }), part: aVisit("v9", "N", { state: "arrived" }) };
const registered = { ...aNote("register", "", "N"), shown: born };
const arrived = aNote("record_arrival", "v9", "N");
const ended = aNote("finish_visit", "v9", "N", { outcome: "done" });
const empty = learned(null, aDay({ full: true }), NONE);

it("a house that was born here is the next one, before the centre has heard of it", () => {
  const day = withBorn(empty, [registered, arrived]);
  const [stop, ...more] = stops(day, [registered, arrived], NOW);
  expect(stop).toMatchObject({ visit_id: "v9", state: "arrived", name: "Nguyễn Thị Huệ", cases: ["N"] });
  expect(more).toEqual([]);
});

it("is not there twice when the list brings it, and then is as the centre says", () => {
  const told = learned(
    empty,
    aDay({ cases: [aCase("N", { version: 3 })], visits: [aVisit("v9", "N", { state: "arrived" })] }),
    NONE,
  );
  const day = withBorn(told, [registered, arrived]);
  expect(day.visits).toHaveLength(1);
  expect(day.cases.N!.version).toBe(3);
});

it("stays among what was done today, when it came and went between two calls", () => {
  const told = learned(empty, aDay({ gone: [{ visit_id: "v9", case_id: "N" }] }), new Set(["v9 N"]));
  const notes = [registered, arrived, ended];
  const { next, over } = round(stops(withBorn(told, notes), notes, NOW), "2026-11-25");
  expect([next, over.map((stop) => stop.state)]).toEqual([null, ["done"]]);
});

it("is gone when the centre says that it is another's now", () => {
  const told = learned(empty, aDay({ gone: [{ visit_id: "v9", case_id: "N" }] }), NONE);
  expect(withBorn(told, [registered, arrived]).visits).toEqual([]);
  const given = learned(told, aDay({ visits: [aVisit("v9", "N")], cases: [aCase("N")] }), NONE);
  expect(withBorn(given, [registered]).visits).toHaveLength(1);
});

it("where nobody is served there is no stop", () => {
  const only = { ...registered, shown: { ...born, part: null } };
  expect(withBorn(empty, [only])).toBe(empty);
});

it("its papers are carried", () => {
  const notes = [registered, arrived, aNote("take_papers", "v9", "N", { papers: [{ id: "p1" }] })];
  expect(carried(withBorn(empty, notes), notes).papers).toBe(1);
});
