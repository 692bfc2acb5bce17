/** A signature in its mode (F06), as acts: bound to the hash of exactly what was shown. A finger is pressed in ink on
 * paper, and the page is photographed: no device reads it. */
import { hex, sha256, utf8 } from "../acts/bytes.ts";
import { newId } from "../acts/ids.ts";
import type { Beside } from "../acts/record.ts";
import { does, onCase, tellAll } from "../acts/tell.ts";
import type { Picture } from "../documents/picture.ts";
import { keepable, keptPicture } from "../files/keep.ts";
import { signedPage } from "./page.ts";
import type { Drawn } from "./slate.ts";

export interface ToSign {
  visit_id: string;
  case_id: string;
  /** `slip`, `hand_over`, or a declaration. */
  document: string;
  /** A role in the case. */
  signer: string;
  /** Exactly what was shown. */
  shown: string;
  /** Of a form that was filled in: what is signed is what was read back. */
  content?: Content | undefined;
}

export interface Content {
  sha256: string;
  form_version: string;
}

export type Finger = { hand: "left" | "right"; finger: "index" | "middle" | "ring" | "little" | "thumb" };

/** What was drawn, without its picture. */
type Strokes = Pick<Drawn, "width" | "height" | "strokes">;

export interface Seen {
  name: string;
  /** Of the paper that was shown. */
  number: string;
  relation: string;
  drawn: Strokes;
}

const strokesOf = ({ width, height, strokes }: Strokes) => keepable(utf8(JSON.stringify({ width, height, strokes })));

async function what({ visit_id, document, signer, shown, content }: ToSign) {
  const bound = content
    ? { shown_sha256: content.sha256, form_version: content.form_version }
    : { shown_sha256: hex(await sha256(utf8(shown))) };
  return { visit_id, signature_id: newId(), document, ...bound, signer };
}

/** On the glass, in one's own name. */
export const draw = (to: ToSign, drawn: Drawn) => onGlass(to, "drawn", drawn);

/** `to.signer`: as what whoever signs for the owner stands in the case. */
export const forTheOwner = (to: ToSign, drawn: Drawn) => onGlass(to, "representative", drawn);

async function onGlass(to: ToSign, mode: "drawn" | "representative", drawn: Drawn) {
  const files = [await strokesOf(drawn), await keepable(drawn.image)] as const;
  const [strokes, picture] = files;
  const made = { mode, strokes_sha256: strokes.hash, image_sha256: picture.hash };
  return does("sign", to.case_id, { ...(await what(to)), ...made }, { beside: { files: [...files] } });
}

/** The page and the signature on it: both are kept, or none. */
export async function onPaper(to: ToSign, picture: Picture, finger: Finger | null) {
  const { files, named } = await keptPicture(picture);
  const page_id = newId();
  const page = { page_id, paper_id: newId(), component: signedPage(to.document), page_number: 1, ...named };
  const signed = {
    ...(await what(to)),
    mode: finger ? "fingerprint" : "ink",
    page_ids: [page_id],
    ...(finger ? { finger } : {}),
  };
  await tellAll(async () => [
    { act: await onCase("photograph", to.case_id, { visit_id: to.visit_id, ...page }), beside: { files } },
    { act: await onCase("sign", to.case_id, signed) },
  ]);
}

/** Who can neither sign nor press a finger has it read aloud; the witnesses sign. */
export async function witnessed(to: ToSign, seen: readonly Seen[], beside: Beside) {
  const strokes = await Promise.all(seen.map((one) => strokesOf(one.drawn)));
  const witnesses = seen.map(({ relation }, place) => ({
    relation,
    adult_by: "card_seen",
    strokes_sha256: strokes[place]!.hash,
  }));
  const personal = { witnesses: seen.map(({ name, number }) => ({ name, number })) };
  const body = { ...(await what(to)), mode: "witnessed", witnesses };
  return does("sign", to.case_id, body, { personal, beside: { ...beside, files: strokes } });
}
