/** Nhận phần của máy khác: a colleague's file is checked whole, then kept here until the centre has it. */
import { newId } from "../acts/ids.ts";
import { currentSession } from "../device/line.ts";
import { type Carried, type KeptFile, store } from "../store/db.ts";
import { keyOf, NotTaken, type Opened, opened } from "./container.ts";

export interface Taken {
  device: string;
  /** New on this phone. */
  acts: number;
  files: number;
}

/** The whole file is checked before anything of it is kept; all is kept when this resolves. The same file again adds
 * only what was not there, as after a page that was killed. Throws NotTaken. */
export async function takeIn(file: Blob): Promise<Taken> {
  const found = await opened(file);
  const session = await currentSession();
  const { device, items } = found.index;
  if (device === session?.device) throw new NotTaken("own");
  const ours = new Set((session?.seal_keys ?? []).map((key) => key.id.replaceAll("-", "")));
  for (const place of items.keys())
    if (!ours.has(keyOf(await found.payload(place)))) throw new NotTaken("other centre");
  const taken = { device, acts: 0, files: 0 };
  const known = new Set((await (await store()).getAll("files")).map((one) => one.sealed_hash));
  for (const [place, item] of items.entries()) {
    if (item.what === "act") taken.acts += Number(await keepAct(found, place));
    else if (!known.has(item.sha256)) taken.files += Number(await keepFile(found, place));
  }
  return taken;
}

async function keepAct({ index, payload }: Opened, place: number): Promise<boolean> {
  const item = index.items[place]!;
  if (item.what !== "act") return false;
  const { seq, fingerprint, sha256: sealed_hash } = item;
  const sealed = await payload(place);
  const act: Carried = {
    device: index.device,
    seq,
    fingerprint,
    sealed,
    sealed_hash,
    standing: null,
    at: Date.now(),
  };
  const shelf = (await store()).transaction("carried", "readwrite", { durability: "strict" });
  const there = await shelf.store.get([act.device, seq, sealed_hash]);
  if (!there) await shelf.store.put(act);
  await shelf.done;
  return !there;
}

/** Under an id of this phone's own: an upload belongs to who began it. */
async function keepFile({ index, payload }: Opened, place: number): Promise<boolean> {
  const item = index.items[place]!;
  const sealed = await payload(place);
  const file: KeptFile = {
    id: newId(),
    sealed,
    sealed_hash: item.sha256,
    hash: "",
    size: item.bytes,
    sent: null,
    received: false,
    at: Date.now(),
    carried: index.device,
  };
  const shelf = (await store()).transaction("files", "readwrite", { durability: "strict" });
  await shelf.store.add(file);
  await shelf.done;
  return true;
}
