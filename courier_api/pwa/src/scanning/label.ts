/** A parcel's label, checked without a network: 64-bit id and its ES256 signature, 72 bytes in base45 (RFC 9285). */

import type { Bytes } from "../acts/bytes.ts";
import type { components } from "../api";
import { isSigned } from "../device/key.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const ID = 8;
const LENGTH = 72;

/** null for what is no base45. */
export function fromBase45(text: string): Bytes | null {
  const digits = Array.from(text, (letter) => ALPHABET.indexOf(letter));
  if (digits.includes(-1) || text.length % 3 === 1) return null;
  const found: number[] = [];
  for (let at = 0; at < digits.length; at += 3) {
    const [low, middle, high] = digits.slice(at, at + 3) as [number, number, number?];
    const value = low + middle * 45 + (high ?? 0) * 45 * 45;
    if (value > (high === undefined ? 0xff : 0xffff)) return null;
    if (high !== undefined) found.push(value >> 8);
    found.push(value & 0xff);
  }
  return Uint8Array.from(found);
}

export type Verdict = "mine" | "used" | "void" | "another's" | "forged" | "no label";

/** In words. */
export const SAID: Record<
  Verdict,
  "labelMine" | "labelBound" | "labelVoid" | "labelUnknown" | "labelForged" | "noLabel"
> = {
  mine: "labelMine",
  used: "labelBound",
  void: "labelVoid",
  "another's": "labelUnknown",
  forged: "labelForged",
  "no label": "noLabel",
};

/** Why a label cannot go onto a parcel, and what to do. */
export const REFUSED: Record<
  Exclude<Verdict, "mine">,
  "labelUsed" | "labelVoid" | "labelOfAnother" | "labelForged" | "noLabel"
> = {
  used: "labelUsed",
  void: "labelVoid",
  "another's": "labelOfAnother",
  forged: "labelForged",
  "no label": "noLabel",
};

type DatedKey = components["schemas"]["DatedKey"];

/** What a scanned text is to this courier. `mine`: labels of the sets in the courier's stock; `bound`: used on this phone. */
export async function verdict(text: string, keys: DatedKey[], mine: string[], bound: string[]): Promise<Verdict> {
  const data = fromBase45(text);
  if (!data || data.length !== LENGTH) return "no label";
  if (!(await isGenuine(data, keys))) return "forged";
  if (bound.includes(text)) return "used";
  return mine.includes(text) ? "mine" : "another's";
}

/** Under any key that was ever in force: a label stays good. */
async function isGenuine(data: Bytes, keys: DatedKey[]): Promise<boolean> {
  for (const key of keys) if (await isSigned(key.jwk, data.slice(0, ID), data.slice(ID))) return true;
  return false;
}
