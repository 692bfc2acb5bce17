/** The sheet to wherever the citizen wants it, by whatever this phone offers: as a picture, else as text, else copied.
 * Nothing is put into the phone's own folders, where it would outlast the lease. */

export type Sent = "shared" | "copied" | "nothing";

/** Says nothing of whom it is about. */
const NAME = "phieu.png";

export async function send(text: string, drawn: () => Promise<Blob>): Promise<Sent> {
  const offered: Partial<Pick<Navigator, "canShare" | "share">> = navigator;
  try {
    const files = offered.canShare ? [new File([await drawn()], NAME, { type: "image/png" })] : [];
    if (files.length > 0 && offered.canShare?.({ files })) {
      await navigator.share({ files });
      return "shared";
    }
    if (offered.share) {
      await navigator.share({ text });
      return "shared";
    }
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch (error) {
    // Put away by whoever was asked where to, or not allowed: nothing went anywhere.
    if (error instanceof DOMException) return "nothing";
    throw error;
  }
}
