/** Finds the edges of a page in a picture: by scanic, which nothing else here knows. Only its classical detector: the
 * other would fetch its weights from elsewhere, and is left out of the build. */
import type { Scanner } from "scanic";
import { type Corners, WHOLE } from "./corners.ts";

const LONGEST = 640;
/** Of the picture; what is smaller is a stamp or a line of writing. */
const LEAST_SHARE = 0.12;

let started: Promise<Scanner> | undefined;

function scanner(): Promise<Scanner> {
  started ??= import("scanic").then(async ({ Scanner }) => {
    const made = new Scanner({ mode: "detect", detector: "classical", maxProcessingDimension: LONGEST });
    await made.initialize();
    return made;
  });
  return started;
}

/** Of the page, null where none is seen. */
export async function findPage(source: CanvasImageSource, width: number, height: number): Promise<Corners | null> {
  const scale = Math.min(1, LONGEST / Math.max(width, height, 1));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const brush = canvas.getContext("2d", { willReadFrequently: true })!;
  brush.drawImage(source, 0, 0, canvas.width, canvas.height);
  const { success, corners } = await (await scanner()).scan(brush.getImageData(0, 0, canvas.width, canvas.height));
  if (!success || !corners) return null;
  const placed = [corners.topLeft, corners.topRight, corners.bottomRight, corners.bottomLeft].map(({ x, y }) => [
    Math.round((x * WHOLE) / canvas.width),
    Math.round((y * WHOLE) / canvas.height),
  ]) as Corners;
  return share(placed) < LEAST_SHARE ? null : placed;
}

/** How much of the picture lies between the corners. */
function share(corners: Corners): number {
  const twice = corners.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = corners[(at + 1) % 4]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2 / WHOLE ** 2;
}
