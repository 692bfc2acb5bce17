/** From hand to hand, as acts: the receiver's half moves custody, the giver's half says that it is offered. */
import { newId } from "../acts/ids.ts";
import type { Beside } from "../acts/record.ts";
import { onEach } from "../acts/tell.ts";
import { currentSession } from "../device/line.ts";
import type { Thing, Waiting } from "./held.ts";

export async function receive(
  things: readonly Waiting[],
  conditions: Readonly<Record<string, string>>,
  beside: Beside,
): Promise<void> {
  const session = await currentSession();
  if (!session) throw new Error("who receives is not known");
  const received = ({ case_id, parcel_id, giver, offer_id }: Waiting) => ({
    case_id,
    body: {
      offer_id: offer_id ?? newId(),
      parcel_ids: [parcel_id],
      paper_ids: [],
      giver,
      receiver: { kind: "courier", id: session.person },
      condition: conditions[parcel_id] ?? "intact",
    },
  });
  await onEach("receive", things, received, beside);
}

/** To the courier's own post, where somebody scans what comes. */
export async function offer(things: readonly Thing[]): Promise<void> {
  const session = await currentSession();
  if (!session) throw new Error("whose post it is, is not known");
  await onEach("offer", things, ({ case_id, parcel_id, paper_ids }) => {
    const what = parcel_id ? { parcel_ids: [parcel_id], paper_ids: [] } : { parcel_ids: [], paper_ids };
    return { case_id, body: { offer_id: newId(), ...what, to: { kind: "unit", id: session.unit } } };
  });
}
