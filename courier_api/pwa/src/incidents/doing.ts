/** Reporting an incident: kept at once, also without a network. */
import { newId } from "../acts/ids.ts";
import type { Beside } from "../acts/record.ts";
import { about, tellAll } from "../acts/tell.ts";
import { currentSession } from "../device/line.ts";
import type { Picture } from "../documents/picture.ts";
import { keepable } from "../files/keep.ts";
import { store } from "../store/db.ts";
import type { Cause } from "./causes.ts";
import type { Touched } from "./things.ts";

/** Sealed and on its way before the report is written: a tab that is killed loses no picture. How the report names it. */
export async function keepPicture(picture: Picture): Promise<string> {
  const file = await keepable(picture.data);
  await (await store()).add("files", file);
  return file.hash;
}

export interface Reported {
  cause: Cause;
  touches: Touched[];
  photographs: string[];
  /** Đồng; 0: none. */
  amount: number;
  place: string;
  note: string;
}

/** Where and how is the personal part. */
export async function report(
  { cause, touches, photographs, amount, place, note }: Reported,
  beside: Beside,
): Promise<void> {
  const session = await currentSession();
  if (!session) throw new Error("an incident is reported from a phone that was let in");
  const written = { ...(place.trim() && { place: place.trim() }), ...(note.trim() && { note: note.trim() }) };
  const body = { cause, unit: session.unit, touches, photographs, ...(amount > 0 ? { amount } : {}) };
  const personal = Object.keys(written).length > 0 ? written : undefined;
  await tellAll(async () => [
    { act: await about({ kind: "incident", id: newId() }, "report_incident", body, personal), beside },
  ]);
}
