/** Where a page lies in its photograph. Pure; the centre counts alike (backend/documents/quality_model.py). */
import quality from "../../../../backend/documents/quality.json" with { type: "json" };

const { working } = quality;

/** A corner's place is in 10,000ths of the picture's width and height. */
export const WHOLE = 10_000;

export type Corner = [x: number, y: number];
/** Top left, top right, bottom right, bottom left, as the page is seen. */
export type Corners = [Corner, Corner, Corner, Corner];

/** Where the page lies in the picture, and how it is brought to its working size. `box`: left, top, right, bottom in
 * pixels. `quad`: the corners in pixels of the working picture; null where nobody knows them. */
export interface Frame {
  long_side: number;
  fills: number;
  margin: number | null;
  box: [number, number, number, number];
  size: [number, number];
  quad: Corner[] | null;
}

export function framed(width: number, height: number, corners: Corners | null): Frame {
  if (corners === null) return brought(Math.max(width, height), WHOLE, null, [0, 0, width, height], null);
  const points = corners.map(([x, y]): Corner => [x * width, y * height]);
  const side = (at: number): number => distance(points[at]!, points[(at + 1) % 4]!);
  const long_side = Math.floor(Math.max(side(0) + side(2), side(1) + side(3)) / (2 * WHOLE));
  const rims = points.flatMap(([x, y]) => [x, width * WHOLE - x, y, height * WHOLE - y]);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const box: Frame["box"] = [
    Math.max(0, Math.floor(Math.min(...xs) / WHOLE)),
    Math.max(0, Math.floor(Math.min(...ys) / WHOLE)),
    Math.min(width, Math.ceil(Math.max(...xs) / WHOLE)),
    Math.min(height, Math.ceil(Math.max(...ys) / WHOLE)),
  ];
  const spread = (way: 0 | 1): number =>
    Math.max(...corners.map((one) => one[way])) - Math.min(...corners.map((one) => one[way]));
  const margin = Math.floor(Math.min(...rims) / Math.max(width, height));
  return brought(long_side, Math.max(spread(0), spread(1)), margin, box, points);
}

/** Only ever smaller: what was not seen is not invented. */
function brought(
  long_side: number,
  fills: number,
  margin: number | null,
  box: Frame["box"],
  points: Corner[] | null,
): Frame {
  const [left, top, right, bottom] = box;
  const across = Math.max(1, right - left);
  const down = Math.max(1, bottom - top);
  const of = Math.max(long_side, working.longest);
  const smaller = (length: number): number => Math.max(working.cell, Math.floor((length * working.longest) / of));
  const size: Frame["size"] = [smaller(across), smaller(down)];
  const placed = ([x, y]: Corner): Corner => [
    Math.floor(((x - left * WHOLE) * size[0]) / (across * WHOLE)),
    Math.floor(((y - top * WHOLE) * size[1]) / (down * WHOLE)),
  ];
  return { long_side, fills, margin, box, size, quad: points?.map(placed) ?? null };
}

/** Of whole numbers, rounded down: below 2^53 the root is exact to its last whole number but one. */
function distance([x0, y0]: Corner, [x1, y1]: Corner): number {
  const square = (x0 - x1) ** 2 + (y0 - y1) ** 2;
  const root = Math.round(Math.sqrt(square));
  return root * root > square ? root - 1 : root;
}
