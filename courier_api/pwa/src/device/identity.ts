/** Who this phone is: a key, a session, a line of acts. It turns into another when it is let in anew or lent, and a spare
 * phone turns back. What it has not sent by then it goes on carrying, sealed, as for any other phone; nothing readable
 * goes over. One transaction: killed in between, it is the one or the other. */
import { newId } from "../acts/ids.ts";
import { type Carried, type KeptFile, kept, store, type Waiting } from "../store/db.ts";
import { KEY, NEXT_KEY } from "./key.ts";
import { LENGTHENING } from "./lease.ts";

/** What is kept of the spare phone while it is lent. */
const ITSELF = "itself";
/** Its number at the centre: known also when nobody is signed in. */
const DEVICE = "device id";
const SESSION = "session";
export const SIGNED_OUT = "signed out";
export const TAKEN_AWAY = "taken away";
/** Whose they are is who they are: the next number of the line, of slips and of references. */
const OF_ONE = [KEY, SESSION, DEVICE, "chain", "slip", "reference", SIGNED_OUT];
const OVER = ["lease", "open", LENGTHENING, "exported", TAKEN_AWAY];
const SHELVES = ["device", "outbox", "carried", "files", "readable"] as const;

type Names = Record<string, unknown>;

/** Six letters by which people tell phones apart: the same on the phone, at the desk, and on one that carries for it. */
export const shortOf = (device: string): string => device.slice(-6).toUpperCase();

/** Whether it is somebody's for the day. */
export const isLent = async (): Promise<boolean> => (await kept<Names>(ITSELF)) !== undefined;

/** Whether it was ever let in: only such a phone can be lent. */
export const wasLetIn = async (): Promise<boolean> => (await kept<unknown>(KEY)) !== undefined;

/** Under the key that was made for it. `lent`: what it was comes back; else it is forgotten. */
export async function turnInto(session: { device: string }, lent: boolean): Promise<void> {
  await turn((device) => {
    const next: Names = { [KEY]: device[NEXT_KEY], [SESSION]: session, [DEVICE]: session.device };
    // Lent on before it was given back, the spare phone stays what it was.
    if (lent) next[ITSELF] = device[ITSELF] ?? Object.fromEntries(OF_ONE.map((name) => [name, device[name]]));
    return next;
  });
}

/** Nothing happens to a phone that is not lent. */
export async function turnBack(): Promise<void> {
  if (await isLent()) await turn((device) => device[ITSELF] as Names);
}

async function turn(into: (device: Names) => Names): Promise<void> {
  await navigator.locks.request("chain", async () => {
    const shelves = (await store()).transaction(SHELVES, "readwrite", { durability: "strict" });
    const device = shelves.objectStore("device");
    const names = (await device.getAllKeys()) as string[];
    const values = await device.getAll();
    const before: Names = Object.fromEntries(names.map((name, place) => [name, values[place]]));
    const maker = String(before[DEVICE] ?? (before[SESSION] as { device: string } | undefined)?.device ?? "");
    const outbox = shelves.objectStore("outbox");
    for (const act of await outbox.getAll()) {
      if (act.sealed && (act.standing === null || act.standing === "refused"))
        void shelves.objectStore("carried").put(asCarried(act, maker));
    }
    void outbox.clear();
    const files = shelves.objectStore("files");
    for (const file of await files.getAll()) {
      void files.delete(file.id);
      if (!file.received) void files.put(asNew(file, maker));
    }
    for (const name of [...OF_ONE, ...OVER, NEXT_KEY, ITSELF]) void device.delete(name);
    for (const [name, value] of Object.entries(into(before))) if (value !== undefined) void device.put(value, name);
    void shelves.objectStore("readable").clear();
    await shelves.done;
  });
}

const asCarried = (act: Waiting, device: string): Carried => ({
  device,
  seq: act.seq,
  fingerprint: act.fingerprint,
  sealed: act.sealed,
  sealed_hash: act.sealed_hash,
  standing: act.standing,
  at: act.at,
});

/** An upload belongs to who began it. */
const asNew = (file: KeptFile, device: string): KeptFile => ({
  ...file,
  id: newId(),
  sent: null,
  carried: file.carried ?? device,
});
