/** What a scanned text is to this phone: held against its own label sets and the parcels it knows. */
import type { Noted } from "../acts/record.ts";
import { GIVEN_UP } from "../day/carried.ts";
import { currentSession } from "../device/line.ts";
import { day, notes } from "../state.ts";
import type { Known } from "../sync/day.ts";
import { itemNumber, setNumber } from "./item.ts";
import { type Verdict, verdict } from "./label.ts";

export async function judged(text: string): Promise<Verdict> {
  const { bound, gone } = used(notes.value);
  const number = setNumber(text);
  const found = await verdict(text, (await currentSession())?.label_keys ?? [], day.value?.labels ?? [], bound);
  const isGenuine = found !== "forged" && found !== "no label";
  return isGenuine && (gone.labels.has(text) || (number !== null && gone.numbers.has(number))) ? "void" : found;
}

/** What an act of replacing a label shows: the one before, where this phone knew it. */
export interface Replacing {
  replaces?: string;
}

/** Labels that this phone has put on parcels; and those that are good for nothing any more: torn up, lost, or taken off a
 * parcel for another. Pure. */
export function used(acts: readonly Noted[]): { bound: string[]; gone: { labels: Set<string>; numbers: Set<number> } } {
  const bound = new Map<unknown, string>();
  const labels = new Set<string>();
  const numbers = new Set<number>();
  for (const { kind, body, shown } of acts) {
    if (GIVEN_UP.has(kind)) for (const number of body.numbers as number[]) numbers.add(number);
    if (kind !== "seal" && kind !== "relabel") continue;
    const before = (shown as Replacing | undefined)?.replaces ?? bound.get(body.parcel_id);
    if (before) labels.add(before);
    bound.set(body.parcel_id, String(body.label));
  }
  return { bound: [...bound.values()], gone: { labels, numbers } };
}

/** The item number of a parcel, which is read as a bar code or typed, is as good as its label where this phone has that. */
export function asLabel(text: string, known: Known | null, acts: readonly Noted[]): string {
  const plain = text.replaceAll(/\s/g, "").toUpperCase();
  if (!known || !/^[A-Z]{2}\d{9}[A-Z]{2}$/.test(plain)) return text.trim();
  const parcels = Object.values(known.cases).flatMap((one) => one.parcels.flatMap(({ label }) => label ?? []));
  const held = known.held.flatMap(({ label }) => label ?? []);
  const all = [...used(acts).bound, ...known.labels, ...parcels, ...held];
  return all.find((label) => itemNumber(setNumber(label) ?? -1) === plain) ?? text.trim();
}
