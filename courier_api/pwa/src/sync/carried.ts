/** Acts of other phones that this one carries: sent at its own door, judged as their makers'. */
import { deliverLast } from "../device/line.ts";
import { unsentFiles } from "../files/send.ts";
import { type Carried, store } from "../store/db.ts";
import { counts, lieHereAlone, names, post, together } from "./outbox.ts";

/** What is carried for one phone: acts, pictures, and how many of both the centre has. */
export interface Load {
  device: string;
  acts: number;
  files: number;
  received: number;
}

export async function loads(): Promise<Load[]> {
  const db = await store();
  const found = new Map<string, Load>();
  const of = (device: string) => {
    const load = found.get(device) ?? { device, acts: 0, files: 0, received: 0 };
    found.set(device, load);
    return load;
  };
  for (const act of await db.getAll("carried")) {
    const load = of(act.device);
    load.acts += 1;
    load.received += Number(act.standing !== null);
  }
  for (const file of await db.getAll("files")) {
    if (file.carried === undefined) continue;
    const load = of(file.carried);
    load.files += 1;
    load.received += Number(file.received);
  }
  return [...found.values()];
}

/** How many acts of others the centre has not yet. */
export async function unsentCarried(): Promise<number> {
  return (await waiting()).length;
}

/** What the centre has not: acts of this phone and carried ones, and pictures. */
export async function unsent(): Promise<{ acts: number; files: number }> {
  const { saved, received } = await counts();
  return { acts: saved - received + (await unsentCarried()), files: await unsentFiles() };
}

const waiting = async (): Promise<Carried[]> =>
  (await (await store()).getAll("carried")).filter((one) => one.standing === null);

/** Each goes once, in its maker's order; one that no answer names waits for the next time. Throws NotHeard, Refused. */
export async function sendCarried(): Promise<void> {
  let unsent = await waiting();
  while (unsent.length > 0) {
    const batch = together(unsent);
    const { answers } = await post(batch);
    const shelf = (await store()).transaction("carried", "readwrite");
    for (const [place, act] of batch.entries()) {
      const said = answers[place];
      if (!names(said, act)) continue;
      const standing = said.standing as Carried["standing"];
      void shelf.store.put({ ...act, standing, sealed: lieHereAlone(said) ? act.sealed : null });
    }
    await shelf.done;
    unsent = unsent.slice(batch.length);
  }
}

/** By a phone that was taken away: nothing is answered, so it goes on lying here. */
export async function sendCarriedLast(): Promise<void> {
  for (const act of await waiting()) if (act.sealed) await deliverLast(act.sealed).catch(() => undefined);
}

/** Forgets what the centre has since days. */
export async function tidyCarried(before: number): Promise<void> {
  const shelf = (await store()).transaction("carried", "readwrite");
  for (const act of await shelf.store.getAll())
    if (act.sealed === null && act.at < before) void shelf.store.delete([act.device, act.seq, act.sealed_hash]);
  await shelf.done;
}
