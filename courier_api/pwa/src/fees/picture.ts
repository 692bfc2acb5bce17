/** A QR code as one path of squares, with its quiet zone. Loaded when a code is first shown. */
import { encode } from "uqr";

const QUIET = 4;

export function drawn(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { ecc: "M", border: QUIET });
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return { size, path: squares.join("") };
}
