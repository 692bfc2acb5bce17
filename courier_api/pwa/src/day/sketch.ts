/** A round on paper: where its houses lie to each other, from what is known of them. Pure. */
import type { Stop } from "./stops.ts";

export interface Point {
  lat: number;
  lon: number;
}

/** One house of the sketch. `number`: its place on the round, from 1. `x`, `y`: in the sketch, from its upper left. */
export interface Spot {
  stop: Stop;
  number: number;
  x: number;
  y: number;
  /** Metres as the crow flies from the spot before, and whereto; null at the first. */
  from: { metres: number; towards: Towards } | null;
}

export interface Sketch {
  width: number;
  height: number;
  spots: Spot[];
  /** Where the phone is, if it knows. */
  here: { x: number; y: number } | null;
  /** A length that reads well, and how long it is drawn. */
  scale: { metres: number; length: number };
}

const TOWARDS = ["north", "northEast", "east", "southEast", "south", "southWest", "west", "northWest"] as const;
export type Towards = (typeof TOWARDS)[number];

const WIDTH = 320;
const EDGE = 28;
/** Metres of a degree of latitude. */
const DEGREE = 111_320;
/** Less is drawn as if it were this far: two neighbours do not fill the sheet. */
const LEAST = 200;
const ROUND = [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000];

const east = (one: Point, of: Point): number => (one.lon - of.lon) * DEGREE * Math.cos((of.lat * Math.PI) / 180);
const north = (one: Point, of: Point): number => (one.lat - of.lat) * DEGREE;

export const metres = (one: Point, other: Point): number => Math.round(Math.hypot(east(one, other), north(one, other)));

/** Whereto one goes from `before` to `one`. */
export function towards(one: Point, before: Point): Towards {
  const turn = Math.atan2(east(one, before), north(one, before)) / (Math.PI / 4);
  return TOWARDS[(Math.round(turn) + 8) % 8]!;
}

/** Null where the place of no stop is known. Others are left out, and keep their number on the round. */
export function sketch(stops: readonly Stop[], here: Point | null): Sketch | null {
  const known = stops.flatMap((stop, at) => (stop.mark ? [{ stop, mark: stop.mark, number: at + 1 }] : []));
  const [first] = known;
  if (!first) return null;
  const flat = (point: Point) => ({ x: east(point, first.mark), y: -north(point, first.mark) });
  const points = known.map(({ mark }) => flat(mark));
  const own = here && flat(here);
  const all = own && near(own, points) ? [...points, own] : points;
  const [left, top] = [Math.min(...all.map(({ x }) => x)), Math.min(...all.map(({ y }) => y))];
  const wide = Math.max(LEAST, Math.max(...all.map(({ x }) => x)) - left);
  const high = Math.max(LEAST, Math.max(...all.map(({ y }) => y)) - top);
  const per = Math.min((WIDTH - 2 * EDGE) / wide, (1.4 * WIDTH - 2 * EDGE) / high);
  const drawn = ({ x, y }: { x: number; y: number }) => ({ x: EDGE + (x - left) * per, y: EDGE + (y - top) * per });
  return {
    width: WIDTH,
    height: Math.ceil(high * per + 2 * EDGE),
    spots: known.map(({ stop, mark, number }, at) => ({
      stop,
      number,
      ...drawn(points[at]!),
      from: at === 0 ? null : leg(mark, known[at - 1]!.mark),
    })),
    here: own && near(own, points) ? drawn(own) : null,
    scale: scaled(per),
  };
}

const leg = (one: Point, before: Point) => ({ metres: metres(one, before), towards: towards(one, before) });

/** A phone at home, far away, would make the houses one dot. */
const FAR = 20_000;
const near = (own: { x: number; y: number }, points: { x: number; y: number }[]): boolean =>
  points.some((point) => Math.hypot(point.x - own.x, point.y - own.y) < FAR);

function scaled(per: number): Sketch["scale"] {
  const long = ROUND.filter((one) => one * per <= WIDTH / 3).at(-1) ?? ROUND[0]!;
  return { metres: long, length: long * per };
}
