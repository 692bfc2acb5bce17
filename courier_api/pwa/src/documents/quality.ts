/** How good the photograph of a page is: blurred, glare, dark, cut off, too small. Pure: pixels in, whole numbers out.
 * The centre has the same engine (backend/documents/quality.py); what is measured, and from where on it is bad, stands in
 * the one quality.json. The same working picture has the same measures in both. */
import quality from "../../../../backend/documents/quality.json" with { type: "json" };
import { type Corner, type Frame, WHOLE } from "./corners.ts";

export type Fault = "cut_off" | "too_small" | "dark" | "blurred" | "glare";

export interface Verdict {
  bad: Fault[];
  doubtful: Fault[];
}

export interface Measures {
  long_side: number;
  fills: number;
  margin: number | null;
  paper: number;
  sharpness: number | null;
  glare: number;
}

interface Gate {
  fault: string;
  measure: string;
  bad_below?: number;
  doubtful_below?: number;
  bad_from?: number;
  doubtful_from?: number;
  unless_fills?: number;
}

const { working, edges, paper: levels, glare: white } = quality;
const gates: Gate[] = quality.gates;

/** RGBA, of the size of a frame: what `ImageData` has. */
export interface Pixels {
  data: Uint8ClampedArray | Uint8Array;
  width: number;
  height: number;
}

export function verdict(measures: Measures): Verdict {
  const found: Verdict = { bad: [], doubtful: [] };
  for (const gate of gates) {
    const value = measures[gate.measure as keyof Measures];
    if (value === null) continue;
    const crosses = (below?: number, from?: number): boolean =>
      (below !== undefined && value < below) || (from !== undefined && value >= from);
    const spared = gate.unless_fills !== undefined && measures.fills >= gate.unless_fills;
    if (crosses(gate.bad_below, gate.bad_from) && !spared) found.bad.push(gate.fault as Fault);
    else if (crosses(gate.doubtful_below, gate.doubtful_from)) found.doubtful.push(gate.fault as Fault);
  }
  return found;
}

export function measured(page: Pixels, where: Frame): Measures {
  const { cell } = working;
  const across = Math.floor(page.width / cell);
  const down = Math.floor(page.height / cell);
  const grey = greyOf(page, across * cell, down * cell);
  const inside = insideOf(across, down, where.quad);
  const paper = paperOf(grey, inside);
  const found = [sharpness(grey, false, inside, paper), sharpness(grey, true, inside, paper)];
  const known = found.filter((one) => one !== null);
  return {
    long_side: where.long_side,
    fills: where.fills,
    margin: where.margin,
    paper,
    sharpness: known.length > 0 ? Math.min(...known) : null,
    glare: glareOf(page, grey, inside, paper),
  };
}

/** Cut to whole cells. */
interface Grey {
  grey: Uint8Array;
  width: number;
  height: number;
}

/** From, up to, by. */
type Range = [number, number, number];

/** ITU-R 601, as Pillow rounds it. */
function greyOf({ data, width: wide }: Pixels, width: number, height: number): Grey {
  const grey = new Uint8Array(width * height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let from = y * wide * 4, end = from + width * 4; from < end; from += 4, to++) {
      grey[to] = (data[from]! * 19595 + data[from + 1]! * 38470 + data[from + 2]! * 7471 + 0x8000) >> 16;
    }
  }
  return { grey, width, height };
}

/** The least level that so many per cent do not pass; null of nothing. */
function percentile(histogram: Uint32Array, share: number): number | null {
  const of = histogram.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const [level, count] of histogram.entries()) {
    seen += count;
    if (of > 0 && seen * 100 >= of * share) return level;
  }
  return null;
}

function paperOf({ grey, width }: Grey, inside: Uint8Array): number {
  const { cell } = working;
  const across = Math.floor(width / cell);
  const histogram = new Uint32Array(256);
  for (let at = 0; at < inside.length; at++) {
    if (!inside[at]) continue;
    const y = Math.floor(at / across) * cell + 2;
    histogram[grey[y * width + (at % across) * cell + 2]!]! += 1;
  }
  return percentile(histogram, levels.percentile) ?? 0;
}

/** A picture of cells: 1 where a cell lies in the page, a little away from its edges. */
function insideOf(across: number, down: number, quad: Corner[] | null): Uint8Array {
  if (quad === null) return new Uint8Array(across * down).fill(1);
  const { cell, inset } = working;
  const rows = new Uint8Array(across * down);
  for (let row = 0; row < down; row++) {
    const y = row * cell + (cell >> 1);
    const spans = [y - inset, y, y + inset].map((at) => span(quad, at)).filter((one) => one !== null);
    if (spans.length < 3) continue;
    const left = Math.max(...spans.map(([from]) => from)) + inset;
    const right = Math.min(...spans.map(([, to]) => to)) - inset;
    // A cell's middle counts.
    const first = Math.max(0, Math.ceil((left - (cell >> 1)) / cell));
    const last = Math.min(across - 1, Math.floor((right - (cell >> 1)) / cell));
    if (last >= first) rows.fill(1, row * across + first, row * across + last + 1);
  }
  return rows;
}

/** From where to where a row of pixels lies in the page; null where it does not. */
function span(quad: Corner[], y: number): [number, number] | null {
  const crossings: number[] = [];
  for (const [at, [x0, y0]] of quad.entries()) {
    const [x1, y1] = quad[(at + 1) % 4]!;
    if (y0 <= y !== y1 <= y) crossings.push(x0 + Math.floor(((y - y0) * (x1 - x0)) / (y1 - y0)));
  }
  return crossings.length > 0 ? [Math.min(...crossings), Math.max(...crossings)] : null;
}

/** Of edges met on the way across (`down`: down) the page: the steepest step of each, against the swing around it. */
function sharpness({ grey, width, height }: Grey, down: boolean, inside: Uint8Array, paper: number): number | null {
  const { every, cell } = working;
  const { reach } = edges;
  const leastStep = Math.max(1, Math.floor((edges.step * paper) / edges.against));
  const leastSwing = Math.max(1, Math.floor((edges.swing * paper) / edges.against));
  const next = down ? width : 1;
  // Every third line is gone along; rows stay the outer loop either way, so that memory is read in its order.
  const along = (length: number): Range => [reach + 1, length - reach - 1, 1];
  const beside = (length: number): Range => [every >> 1, Math.floor(length / every) * every, every];
  const [top, bottom, byRow] = (down ? along : beside)(height);
  const [left, right, byColumn] = (down ? beside : along)(width);
  const histogram = new Uint32Array(256);
  let count = 0;
  for (let y = top; y < bottom; y += byRow) {
    for (let x = left; x < right; x += byColumn) {
      const at = y * width + x;
      const step = Math.abs(grey[at + next]! - grey[at - next]!);
      if (step < leastStep || !inside[Math.floor(y / cell) * Math.floor(width / cell) + Math.floor(x / cell)]) continue;
      const steeper = Math.max(Math.abs(grey[at]! - grey[at - 2 * next]!), Math.abs(grey[at + 2 * next]! - grey[at]!));
      if (steeper > step) continue;
      let most = 0;
      let least = 255;
      for (let near = at - reach * next; near <= at + reach * next; near += next) {
        const level = grey[near]!;
        if (level > most) most = level;
        if (level < least) least = level;
      }
      if (most - least < leastSwing) continue;
      histogram[Math.floor((step * 250) / (most - least))]! += 1;
      count += 1;
    }
  }
  return count >= edges.least ? percentile(histogram, edges.percentile) : null;
}

/** A cell is burnt out where its darkest pixel's darkest colour is white. */
function glareOf(page: Pixels, { grey, width }: Grey, inside: Uint8Array, paper: number): number {
  const { cell } = working;
  const across = Math.floor(width / cell);
  const least = Math.max(white.white, paper + white.over_paper);
  const burnt = new Uint8Array(inside.length);
  let of = 0;
  for (let at = 0; at < burnt.length; at++) {
    of += inside[at]!;
    const column = at % across;
    const row = Math.floor(at / across);
    // Where the darkest colour is so bright, grey is at least as bright: most cells are told by one look.
    if (!inside[at] || grey[row * cell * width + column * cell]! < least) continue;
    if (darkest(page, column, row) >= least) burnt[at] = 1;
  }
  return Math.floor((largest(burnt, across) * WHOLE) / Math.max(1, of));
}

function darkest({ data, width }: Pixels, column: number, row: number): number {
  const { cell } = working;
  let least = 255;
  for (let y = row * cell; y < (row + 1) * cell; y++) {
    const first = (y * width + column * cell) * 4;
    for (let from = first; from < first + cell * 4; from += 4) {
      least = Math.min(least, data[from]!, data[from + 1]!, data[from + 2]!);
    }
  }
  return least;
}

/** Cells of the largest spot; those that meet at a corner only are two. */
function largest(burnt: Uint8Array, across: number): number {
  let most = 0;
  for (let start = burnt.indexOf(1); start >= 0; start = burnt.indexOf(1, start)) {
    let size = 0;
    const todo = [start];
    burnt[start] = 0;
    while (todo.length > 0) {
      const at = todo.pop()!;
      size += 1;
      const near = [at - across, at + across];
      if (at % across > 0) near.push(at - 1);
      if (at % across < across - 1) near.push(at + 1);
      for (const one of near) {
        if (burnt[one]) {
          burnt[one] = 0;
          todo.push(one);
        }
      }
    }
    most = Math.max(most, size);
  }
  return most;
}
