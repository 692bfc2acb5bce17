/** What the courier can be proud of today, counted on the phone: nobody else sees these figures from here. Pure. */
import type { Noted } from "../acts/record.ts";
import { ended, failed, type Round, type Stop } from "../day/stops.ts";
import { instant } from "../device/clock.ts";

export interface Targets {
  /** Places of today, the cancelled left out. */
  places: number;
  /** Of them gone to with success. */
  done: number;
  /** Of them where this phone said that it arrived. */
  arrived: number;
  /** Of these before the promised window was over. */
  inTime: number;
}

export function targets(today: Round, notes: readonly Noted[]): Targets {
  const places = [...(today.next ? [today.next] : []), ...today.rest, ...today.over];
  const arrivals = places.flatMap((stop) => {
    const at = arrival(stop, notes);
    return at === null ? [] : [at <= windowEnds(stop)];
  });
  return {
    places: places.length,
    done: places.filter((stop) => ended(stop) && !failed(stop)).length,
    arrived: arrivals.length,
    inTime: arrivals.filter((kept) => kept).length,
  };
}

/** Milliseconds in the centre's time of the first arrival; null where this phone knows of none. */
function arrival(stop: Stop, notes: readonly Noted[]): number | null {
  const told = notes.filter((note) => note.kind === "record_arrival" && note.body.visit_id === stop.visit_id);
  return told.length > 0 ? Math.min(...told.map((note) => note.at)) : null;
}

/** What was promised at no hour is kept all day. */
function windowEnds(stop: Stop): number {
  const until = stop.window.split("-")[1];
  return until === undefined ? Number.POSITIVE_INFINITY : instant(stop.day, until);
}
