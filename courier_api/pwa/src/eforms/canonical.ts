/** The one form of what was filled in: RFC 8785 over texts in NFC, as at the centre (`backend/eforms/model.py`). What is
 * signed is bound to its SHA-256. Pure. */
import { hex, sha256, utf8 } from "../acts/bytes.ts";
import type { Filled, Texts } from "./form.ts";

export const canonical = (form_version: string, { values, sources }: Filled): string =>
  `{"form_version":${text(form_version)},"sources":${texts(sources)},"values":${texts(values)}}`;

export const contentHash = async (form_version: string, filled: Filled): Promise<string> =>
  hex(await sha256(utf8(canonical(form_version, filled))));

const text = (value: string): string => JSON.stringify(value.normalize("NFC"));

/** Texts compare by their UTF-16 units. */
const texts = (told: Texts): string =>
  `{${Object.keys(told)
    .sort()
    .map((name) => `${text(name)}:${text(told[name]!)}`)
    .join(",")}}`;
