/** The sheet as a picture, to be sent: black on white, as wide as a phone shows it. */
const WIDTH = 720;
const EDGE = 36;
const SIZE = 30;
const LEADING = 42;
const FONT = `${SIZE}px system-ui, sans-serif`;
const CODE = 300;

/** Broken between words so that no line is wider. A word that is wider by itself stands alone. Pure. */
export function wrapped(text: string, width: number, measure: (text: string) => number): string[] {
  const found: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && measure(longer) > width) {
      found.push(line);
      line = word;
    } else line = longer;
  }
  return [...found, line];
}

/** PNG. `address`: of the citizen's page, drawn as a code; null: none. */
export async function picture(lines: readonly string[], address: string | null): Promise<Blob> {
  const canvas = document.createElement("canvas");
  const brush = canvas.getContext("2d", { alpha: false })!;
  brush.font = FONT;
  const all = lines.flatMap((line) => wrapped(line, WIDTH - 2 * EDGE, (text) => brush.measureText(text).width));
  canvas.width = WIDTH;
  canvas.height = 2 * EDGE + all.length * LEADING + (address ? CODE + LEADING : 0);
  brush.fillStyle = "#ffffff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.fillStyle = "#000000";
  brush.font = FONT;
  brush.textBaseline = "top";
  for (const [row, line] of all.entries()) brush.fillText(line, EDGE, EDGE + row * LEADING);
  if (address) await code(brush, address, EDGE + all.length * LEADING + LEADING / 2);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("the sheet could not be drawn");
  return blob;
}

async function code(brush: CanvasRenderingContext2D, address: string, top: number): Promise<void> {
  const { drawn } = await import("../fees/picture.ts");
  const { size, path } = drawn(address);
  brush.save();
  brush.translate((WIDTH - CODE) / 2, top);
  brush.scale(CODE / size, CODE / size);
  brush.fill(new Path2D(path));
  brush.restore();
}
