/** Reads codes from pictures: by the browser's own reader where it has one for our kinds, else by zxing. */
import wasm from "zxing-wasm/reader/zxing_reader.wasm?url";

export type Read = (frame: ImageData) => Promise<string | null>;

interface Detector {
  detect(frame: ImageData): Promise<{ rawValue: string }[]>;
}
interface DetectorKind {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

const KINDS = ["qr_code", "code_128"];

export async function reader(): Promise<Read> {
  const own = (globalThis as { BarcodeDetector?: DetectorKind }).BarcodeDetector;
  if (own) {
    const supported = await own.getSupportedFormats();
    if (KINDS.every((kind) => supported.includes(kind))) {
      const detector = new own({ formats: KINDS });
      return async (frame) => (await detector.detect(frame))[0]?.rawValue ?? null;
    }
  }
  const { prepareZXingModule, readBarcodes } = await import("zxing-wasm/reader");
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  return async (frame) => {
    const [found] = await readBarcodes(frame, { formats: ["QRCode", "Code128"], maxNumberOfSymbols: 1 });
    return found?.isValid ? found.text : null;
  };
}
