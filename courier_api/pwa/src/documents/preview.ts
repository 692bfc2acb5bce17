/** A small copy of a picture, which travels before it. */
import type { Picture } from "./picture.ts";

const SMALL = 900;
/** Print of an identity card is still read. */
const ROUGH = 0.5;
/** Bytes; what is no larger travels as fast itself. */
const WORTH_IT = 60_000;

/** What an office may look at while the original is still on its way: at most 900 pixels. Null where it is not worth it,
 * or the phone cannot make it; the original goes in any case. */
export async function previewOf(picture: Picture): Promise<Picture | null> {
  if (picture.data.length < WORTH_IT) return null;
  try {
    const whole = await createImageBitmap(new Blob([picture.data], { type: picture.media_type }));
    const scale = Math.min(1, SMALL / Math.max(whole.width, whole.height));
    const small = document.createElement("canvas");
    small.width = Math.round(whole.width * scale);
    small.height = Math.round(whole.height * scale);
    const brush = small.getContext("2d", { alpha: false })!;
    brush.imageSmoothingQuality = "high";
    brush.drawImage(whole, 0, 0, small.width, small.height);
    whole.close();
    const blob = (await blobOf(small, "image/webp", ROUGH)) ?? (await blobOf(small, "image/jpeg", ROUGH));
    small.width = 0;
    if (!blob || blob.size >= picture.data.length) return null;
    return { data: new Uint8Array(await blob.arrayBuffer()), media_type: blob.type };
  } catch {
    return null;
  }
}

/** Null where the browser cannot write that type. */
export async function blobOf(canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob | null> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
  return blob?.type === type ? blob : null;
}
