/** A field to be signed with a finger, and what was drawn on it. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type SignaturePad from "signature_pad";
import type { Bytes } from "../acts/bytes.ts";

const LEAST_POINTS = 8;

export interface Drawn {
  /** x, y, milliseconds, pressure. */
  strokes: [number, number, number, number][][];
  width: number;
  height: number;
  /** PNG. */
  image: Bytes;
}

export function useSlate(touched: () => void) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const empty = useSignal(true);

  useEffect(() => {
    const slate = canvas.current;
    if (!slate) return;
    slate.width = slate.clientWidth;
    slate.height = slate.clientHeight;
    let made: SignaturePad | null = null;
    void import("signature_pad").then(({ default: Pad }) => {
      made = new Pad(slate, { penColor: "#12201b", backgroundColor: "#ffffff" });
      made.addEventListener("endStroke", () => {
        empty.value = false;
        touched();
      });
      pad.current = made;
      slate.dataset.ready = "";
    });
    return () => made?.off();
  }, []);

  function clear(): void {
    pad.current?.clear();
    empty.value = true;
  }

  /** null: nobody has signed, a dot is no signature. */
  async function drawn(): Promise<Drawn | null> {
    const strokes = pad.current?.toData() ?? [];
    const points = strokes.reduce((count, stroke) => count + stroke.points.length, 0);
    return canvas.current && points >= LEAST_POINTS ? read(canvas.current, strokes) : null;
  }

  return { canvas, empty, clear, drawn };
}

async function read(slate: HTMLCanvasElement, drawn: ReturnType<SignaturePad["toData"]>): Promise<Drawn> {
  const began = drawn[0]?.points[0]?.time ?? 0;
  const strokes = drawn.map((stroke) =>
    stroke.points.map(({ x, y, time, pressure }): [number, number, number, number] => [
      Math.round(x * 10) / 10,
      Math.round(y * 10) / 10,
      Math.round(time - began),
      Math.round(pressure * 100) / 100,
    ]),
  );
  const blob = await new Promise<Blob>((resolve, reject) =>
    slate.toBlob((made) => (made ? resolve(made) : reject(new Error("no picture of the signature"))), "image/png"),
  );
  return { strokes, width: slate.width, height: slate.height, image: new Uint8Array(await blob.arrayBuffer()) };
}
