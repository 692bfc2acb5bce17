/** The courier's own figures: places done, promised hours kept. */
import { describe, expect, it } from "vitest";
import { round, stops } from "../src/day/stops.ts";
import { instant } from "../src/device/clock.ts";
import { targets } from "../src/shift/targets.ts";
import { learned } from "../src/sync/day.ts";
import { aCase, aDay, aNote, aVisit } from "./days.ts";

const TODAY = "2026-11-25";

function counted(states: string[], arrivals: Record<string, string> = {}) {
  const visits = states.map((state, at) => aVisit(`v${at}`, `c${at}`, { state, time_window: "07:00-08:00" }));
  const cases = states.map((_, at) => aCase(`c${at}`));
  const known = learned(null, aDay({ full: true, visits, cases }), new Set());
  const notes = Object.entries(arrivals).map(([visit_id, time]) => ({
    ...aNote("record_arrival", visit_id, `c${visit_id.slice(1)}`),
    at: instant(TODAY, time),
  }));
  return targets(round(stops(known, notes, instant(TODAY, "12:00")), TODAY), notes);
}

describe("own targets", () => {
  it("are nothing on a day without a place", () => {
    expect(counted([])).toEqual({ places: 0, done: 0, arrived: 0, inTime: 0 });
  });

  it("count the places that were gone to, and those where nothing came of it as not done", () => {
    expect(counted(["planned", "done", "partly", "failed"])).toMatchObject({ places: 4, done: 2 });
  });

  it("leave out what was called off", () => {
    expect(counted(["planned", "cancelled"])).toMatchObject({ places: 1 });
  });

  it("know who was there in the promised hour, to its last minute, by the first arrival", () => {
    expect(counted(["planned", "planned", "planned"], { v0: "07:10", v1: "08:00", v2: "08:01" })).toMatchObject({
      arrived: 3,
      inTime: 2,
    });
  });
});
