/** A picture is encoded once, as it will be kept for ever: at most 2,600 pixels, WebP or JPEG. */
import { type Bytes, base64url, fromBase64url } from "../acts/bytes.ts";
import { type Corners, framed } from "./corners.ts";
import { blobOf } from "./preview.ts";
import { type Measures, measured, type Verdict, verdict } from "./quality.ts";

export interface Picture {
  data: Bytes;
  media_type: string;
}

/** What is looked at before it is kept: one full frame at a time, the phone has two gigabytes. */
export interface Frame {
  source: HTMLCanvasElement | ImageBitmap;
  width: number;
  height: number;
}

const LONGEST = 2600;
/** Print at 150 dots per inch stays legible. */
const QUALITY = 0.6;
/** For a picture that is not sharp by itself: what is left of it is not lost too. */
const FINER = 0.82;

/** Pixels that are read again at once stay where they can be read, and need no transparency. */
const PLAIN: CanvasRenderingContext2DSettings = { alpha: false, willReadFrequently: true };

export function frameOf(video: HTMLVideoElement): Frame {
  const scale = Math.min(1, LONGEST / Math.max(video.videoWidth, video.videoHeight));
  const source = document.createElement("canvas");
  source.width = Math.round(video.videoWidth * scale);
  source.height = Math.round(video.videoHeight * scale);
  source.getContext("2d", PLAIN)!.drawImage(video, 0, 0, source.width, source.height);
  return { source, width: source.width, height: source.height };
}

export function letGo({ source }: Frame): void {
  if (source instanceof ImageBitmap) source.close();
  else source.width = 0;
}

const canvas = document.createElement("canvas");

export interface Judged {
  measures: Measures;
  verdict: Verdict;
}

/** The page is cut out and drawn at its working size: no more than that is read. How long it took stands in the browser's
 * own timeline. */
export function judge({ source, width, height }: Frame, corners: Corners | null): Judged {
  const start = performance.now();
  const where = framed(width, height, corners);
  const [left, top, right, bottom] = where.box;
  [canvas.width, canvas.height] = where.size;
  const brush = canvas.getContext("2d", PLAIN)!;
  brush.imageSmoothingQuality = "low";
  brush.drawImage(source, left, top, right - left, bottom - top, 0, 0, canvas.width, canvas.height);
  const measures = measured(brush.getImageData(0, 0, canvas.width, canvas.height), where);
  performance.measure("page judged", { start });
  return { measures, verdict: verdict(measures) };
}

const UNSHARP = new Set(["blurred", "dark"]);

/** Of a frame that a camera gave. */
export async function encoded({ source }: Frame, { bad, doubtful }: Verdict): Promise<Picture> {
  if (source instanceof ImageBitmap) throw new Error("encoded already");
  const quality = [...bad, ...doubtful].some((fault) => UNSHARP.has(fault)) ? FINER : QUALITY;
  // A browser that cannot write WebP writes PNG instead, which is many times as large.
  const blob = (await blobOf(source, "image/webp", quality)) ?? (await blobOf(source, "image/jpeg", quality));
  if (!blob) throw new Error("the picture could not be encoded");
  return { data: new Uint8Array(await blob.arrayBuffer()), media_type: blob.type };
}

/** A picture that is not decided on yet, as a draft keeps it. */
export interface Still {
  page_id: string;
  /** base64url. */
  data: string;
  media_type: string;
  corners: Corners | null;
  by_hand: boolean;
}

export const pictureOf = ({ data, media_type }: Still): Picture => ({ data: fromBase64url(data), media_type });
export const written = ({ data, media_type }: Picture) => ({ data: base64url(data), media_type });

/** A page that was killed comes back with its picture. */
export async function opened(still: Still): Promise<Frame> {
  const { data, media_type } = pictureOf(still);
  const source = await createImageBitmap(new Blob([data], { type: media_type }));
  return { source, width: source.width, height: source.height };
}
