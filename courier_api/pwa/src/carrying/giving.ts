/** Xuất phần chưa gửi: what this phone has made and the centre has not, in one file. */
import { shortOf } from "../device/identity.ts";
import { currentSession } from "../device/line.ts";
import { keep, kept, store } from "../store/db.ts";
import { front, type Item } from "./container.ts";

const EXPORTED = "exported";

/** What was last handed on in a file: numbers of acts and hashes of pictures. */
interface Exported {
  at: number;
  acts: number[];
  files: string[];
}

/** `acts`: their numbers; `files`: hashes of the sealed pictures. */
export interface Given {
  file: File;
  acts: number[];
  files: string[];
}

/** Each payload is read alone and handed to the browser, which keeps large files on the disk. null: nothing waits. */
export async function exported(): Promise<Given | null> {
  const session = await currentSession();
  const db = await store();
  const acts = (await db.getAllKeys("outbox")) as number[];
  const pictures = (await db.getAllKeys("files")) as string[];
  const items: Item[] = [];
  const payloads: Blob[] = [];
  const add = (item: Item, sealed: Uint8Array<ArrayBuffer>) => {
    items.push(item);
    payloads.push(new Blob([sealed]));
  };
  for (const seq of acts) {
    const act = await db.get("outbox", seq);
    if (!act || act.standing !== null || !act.sealed) continue;
    const { fingerprint, sealed, sealed_hash } = act;
    add({ what: "act", seq, fingerprint, bytes: sealed.length, sha256: sealed_hash }, sealed);
  }
  for (const id of pictures) {
    const one = await db.get("files", id);
    if (!one?.sealed || one.carried) continue;
    add({ what: "file", bytes: one.sealed.length, sha256: one.sealed_hash }, one.sealed);
  }
  if (!session || items.length === 0) return null;
  const made_at = new Date().toISOString();
  const name = `tannha-${shortOf(session.device)}-${made_at.slice(0, 16).replaceAll(/[-:]/g, "")}.tnx`;
  const file = new File([await front({ device: session.device, made_at, items }), ...payloads], name, {
    type: "application/octet-stream",
  });
  return {
    file,
    acts: items.flatMap((item) => (item.what === "act" ? [item.seq] : [])),
    files: items.flatMap((item) => (item.what === "file" ? [item.sha256] : [])),
  };
}

/** The courier has let the file go: to another phone, or onto this one's own shelves. */
export async function handedOn({ acts, files }: Given): Promise<void> {
  await keep(EXPORTED, { at: Date.now(), acts, files } satisfies Exported);
}

/** Whether all that waits on this phone went into a file. What is carried for others has to be sent. */
export async function allHandedOn(): Promise<boolean> {
  const before = await kept<Exported>(EXPORTED);
  if (!before) return false;
  const db = await store();
  const [acts, files] = [new Set(before.acts), new Set(before.files)];
  const waiting = (await db.getAll("outbox")).filter((one) => one.standing === null);
  const pictures = (await db.getAll("files")).filter((one) => !one.received);
  const carried = (await db.getAll("carried")).filter((one) => one.standing === null);
  const mine = waiting.every((one) => acts.has(one.seq));
  return mine && carried.length === 0 && pictures.every((one) => !one.carried && files.has(one.sealed_hash));
}
