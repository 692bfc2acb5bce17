/** The round on paper: how far, whereto, and that everything stands on the sheet. */
import { describe, expect, it } from "vitest";
import { metres, sketch, towards } from "../src/day/sketch.ts";
import { type Stop, stops } from "../src/day/stops.ts";
import { instant } from "../src/device/clock.ts";
import { learned } from "../src/sync/day.ts";
import { aCase, aDay, aVisit } from "./days.ts";

const MARKET = { lat: 10.52, lon: 105.84 };
const north = (far: number) => ({ lat: MARKET.lat + far / 111_320, lon: MARKET.lon });
const east = (far: number) => ({ lat: MARKET.lat, lon: MARKET.lon + far / (111_320 * Math.cos(0.183_608_7)) });

function round(...marks: ({ lat: number; lon: number } | null)[]): Stop[] {
  const visits = marks.map((_, at) => aVisit(`v${at}`, `c${at}`, { time_window: `0${7 + at}:00-0${8 + at}:00` }));
  const cases = marks.map((mark, at) => aCase(`c${at}`, { mark }));
  return stops(learned(null, aDay({ full: true, visits, cases }), new Set()), [], instant("2026-11-25", "07:00"));
}

describe("between two houses", () => {
  it("it is as far as it is", () => {
    expect(metres(MARKET, north(1000))).toBe(1000);
    expect(Math.abs(metres(MARKET, east(1000)) - 1000)).toBeLessThan(2);
  });

  it("one goes in one of eight directions", () => {
    expect(towards(north(500), MARKET)).toBe("north");
    expect(towards(MARKET, north(500))).toBe("south");
    expect(towards(east(500), MARKET)).toBe("east");
    expect(towards(MARKET, east(500))).toBe("west");
    expect(towards({ lat: north(500).lat, lon: east(500).lon }, MARKET)).toBe("northEast");
    expect(towards(MARKET, { lat: north(500).lat, lon: east(500).lon })).toBe("southWest");
  });
});

describe("the sheet", () => {
  it("is empty where no house is known", () => {
    expect(sketch(round(null, null), MARKET)).toBeNull();
    expect(sketch([], null)).toBeNull();
  });

  it("has north above and east at the right, and nothing beyond its edges", () => {
    const drawn = sketch(round(MARKET, north(3000), east(5000)), null)!;
    const [one, two, three] = drawn.spots;
    expect(two!.y).toBeLessThan(one!.y);
    expect(three!.x).toBeGreaterThan(one!.x);
    for (const { x, y } of drawn.spots) {
      expect(x).toBeGreaterThanOrEqual(28);
      expect(x).toBeLessThanOrEqual(drawn.width - 28);
      expect(y).toBeGreaterThanOrEqual(28);
      expect(y).toBeLessThanOrEqual(drawn.height - 27);
    }
    expect(drawn.scale.metres).toBe(2000);
    expect(drawn.scale.length / 2000).toBeCloseTo((three!.x - one!.x) / 5000, 3);
  });

  it("keeps a stop's number on the round when the one before is not known", () => {
    const drawn = sketch(round(MARKET, null, north(400)), null)!;
    expect(drawn.spots.map(({ number }) => number)).toEqual([1, 3]);
    expect(drawn.spots.map(({ from }) => from)).toEqual([null, { metres: 400, towards: "north" }]);
  });

  it("does not blow two neighbours up to a journey", () => {
    const [one, two] = sketch(round(MARKET, east(5)), null)!.spots;
    expect(two!.x - one!.x).toBeLessThan(10);
  });

  it("shows the phone where it is near, and not at the other end of the country", () => {
    expect(sketch(round(MARKET, north(400)), east(300))!.here).not.toBeNull();
    expect(sketch(round(MARKET, north(400)), { lat: 21, lon: 105.8 })!.here).toBeNull();
  });
});
