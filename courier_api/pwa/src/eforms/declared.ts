/** Forms that were read back for a case, and whether somebody stands for exactly that content: what the centre says, and
 * over it what was done on this phone. What is read back anew makes void what was signed of another one. Pure. */
import type { Noted } from "../acts/record.ts";
import type { Case } from "../sync/day.ts";
import type { Filled } from "./form.ts";

export interface Reading {
  document: string;
  form_version: string;
  content_sha256: string;
  signed: boolean;
  /** What was signed before no longer stands: the form has changed. */
  voided: boolean;
  /** In this visit, on this phone. */
  here: boolean;
  /** null: read back elsewhere, and not to be read on this phone. */
  filled: Filled | null;
}

interface Signed {
  signature_id: string;
  document: string;
  shown_sha256: string;
  form_version?: string;
}

const isOf = (signed: Signed, reading: Reading): boolean =>
  signed.document === reading.document &&
  signed.shown_sha256 === reading.content_sha256 &&
  (signed.form_version ?? reading.form_version) === reading.form_version;

/** `mine`: of this phone, of the case in this visit, in order. */
export function declared(one: Case | undefined, mine: readonly Noted[]): Reading[] {
  const readings = new Map(
    (one?.readings ?? []).map((told) => [
      told.document,
      { ...told, voided: false, here: false, filled: null } as Reading,
    ]),
  );
  let standing: Signed[] = [];
  for (const note of mine) {
    if (note.kind === "sign") standing.push(note.body as unknown as Signed);
    if (note.kind === "void_signature")
      standing = standing.filter((each) => each.signature_id !== note.body.signature_id);
    if (note.kind === "read_back") {
      const { document, form_version, content_sha256 } = note.body as unknown as Reading;
      const before = readings.get(document);
      const filled = (note.shown as Filled | undefined) ?? null;
      const next: Reading = {
        document,
        form_version,
        content_sha256,
        signed: false,
        voided: false,
        here: true,
        filled,
      };
      const same = before?.content_sha256 === content_sha256 && before.form_version === form_version;
      const were = standing.filter((each) => each.document === document);
      standing = standing.filter((each) => each.document !== document || isOf(each, next));
      const stands = were.some((each) => isOf(each, next)) || (same && before.signed);
      readings.set(document, { ...next, voided: !stands && (were.length > 0 || (before?.signed ?? false)) });
    }
  }
  return [...readings.values()].map((reading) => ({
    ...reading,
    signed: standing.some((each) => isOf(each, reading)) || centreSays(one, reading),
  }));
}

/** Of exactly this content. */
const centreSays = (one: Case | undefined, reading: Reading): boolean =>
  (one?.readings ?? []).some(
    (told) =>
      told.signed &&
      told.document === reading.document &&
      told.content_sha256 === reading.content_sha256 &&
      told.form_version === reading.form_version,
  );
