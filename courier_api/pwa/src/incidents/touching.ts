/** A report that is begun from somewhere else, with what it is about already chosen. */
import * as lease from "../device/lease.ts";
import { DRAFT } from "../parts/draft.ts";
import { keyOf, type Touched } from "./things.ts";

/** Whatever was filled in before stays. */
export async function touch(thing: Touched): Promise<void> {
  const kept = (await lease.get<Filled>(DRAFT + REPORT)) ?? EMPTY;
  const others = kept.touches.filter((one) => keyOf(one) !== keyOf(thing));
  await lease.put(DRAFT + REPORT, { ...kept, touches: [...others, thing] });
}

export const REPORT = "incident";

export interface Filled {
  touches: Touched[];
  photographs: string[];
  amount: number;
  place: string;
  note: string;
}

export const EMPTY: Filled = { touches: [], photographs: [], amount: 0, place: "", note: "" };
