/** The lease: for how long this phone's readable data can be read, and by whom.
 *
 * The day, names and drafts lie under a random key. That key lies under one made from the PIN, and both are destroyed
 * when the lease ends, after ten wrong PINs, or when the phone is taken away. Acts are not under it: they are sealed for
 * the centre as they are made, and go out whatever becomes of the lease.
 *
 * While the phone is in use the key also lies open, for fifteen minutes after the last touch, so that a page that the
 * system killed behind the camera comes back without a question. */
import { type Bytes, fromUtf8, random, utf8 } from "../acts/bytes.ts";
import { type Closed, forget, keep, kept, store } from "../store/db.ts";
import { centreNow } from "./clock.ts";

/** What a longer lease is checked with: of no use once there is none. */
export const LENGTHENING = "lengthening";
const ROUNDS = 600_000;
const REST = 15 * 60_000;
const GUESSES = 10;
/** A clock that goes back by more than this was set back. */
const SLACK = 10 * 60_000;

interface Lease {
  salt: Bytes;
  iv: Bytes;
  wrapped: ArrayBuffer;
  rounds: number;
  /** Milliseconds since 1970 in the centre's time: from then on nothing can be read. */
  until: number;
  wrong: number;
}

interface Open {
  key: CryptoKey;
  /** The last touch. */
  at: number;
}

export type State = "none" | "locked" | "open";

let open: Open | null = null;

/** What the phone can read now. Ends the lease where its time is over. */
export async function state(): Promise<State> {
  const lease = await kept<Lease>("lease");
  if (!lease) {
    open = null;
    return "none";
  }
  if (centreNow() >= lease.until) {
    await destroy();
    return "none";
  }
  open = (await kept<Open>("open")) ?? null; // another tab may have locked the phone
  if (open && rested(open)) await lock();
  return open ? "open" : "locked";
}

function rested({ at }: Open): boolean {
  const now = centreNow();
  return now - at > REST || now < at - SLACK;
}

/** Begins a lease with a PIN of the courier's choice. What was readable before is gone. */
export async function begin(pin: string, until: number): Promise<void> {
  await destroy();
  const salt = random(16);
  const iv = random(12);
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const by = await fromPin(pin, salt, ROUNDS);
  const wrapped = await crypto.subtle.wrapKey("raw", key, by, { name: "AES-GCM", iv });
  await keep("lease", { salt, iv, wrapped, rounds: ROUNDS, until, wrong: 0 } satisfies Lease);
  await opened(await unwrapped(wrapped, by, iv));
}

/** The lease lasts until then: said by the centre with each day it sends. */
export async function prolong(until: number): Promise<void> {
  await change((lease) => ({ ...lease, until }));
}

/** By so much longer, without asking anybody: whoever calls this has checked why. Nothing happens to one that ended. */
export async function lengthen(milliseconds: number): Promise<void> {
  if ((await state()) !== "none") await change((lease) => ({ ...lease, until: lease.until + milliseconds }));
}

/** Until when, in the centre's time; null: there is none. */
export const until = async (): Promise<number | null> => (await kept<Lease>("lease"))?.until ?? null;

/** Whether the PIN was right. The tenth wrong one ends the lease: then only a sign-in helps. */
export async function unlock(pin: string): Promise<boolean> {
  if ((await state()) === "none") return false;
  // Counted first: switching the phone off in between gains nothing.
  const lease = await change((now) => ({ ...now, wrong: now.wrong + 1 }));
  if (!lease) return false;
  const key =
    lease.wrong > GUESSES
      ? null
      : await unwrapped(lease.wrapped, await fromPin(pin, lease.salt, lease.rounds), lease.iv).catch(() => null);
  if (key === null) {
    if (lease.wrong >= GUESSES) await destroy();
    return false;
  }
  const lasts = await change((now) => ({ ...now, wrong: 0 }));
  if (lasts) await opened(key);
  return lasts !== null;
}

/** Changes the lease as it stands at that moment: while a PIN was checked it may have been put off, or ended. */
async function change(how: (lease: Lease) => Lease): Promise<Lease | null> {
  const shelf = (await store()).transaction("device", "readwrite", { durability: "strict" });
  const lease = (await shelf.store.get("lease")) as Lease | undefined;
  const next = lease ? how(lease) : null;
  if (next) await shelf.store.put(next, "lease");
  await shelf.done;
  return next;
}

/** How many wrong PINs are left. */
export async function guesses(): Promise<number> {
  return GUESSES - ((await kept<Lease>("lease"))?.wrong ?? 0);
}

export async function lock(): Promise<void> {
  await forget("open");
  open = null;
}

/** Somebody uses the phone: the rest begins anew, unless it was over before. Whether the phone is now locked by it. */
export async function touched(): Promise<boolean> {
  if (!open || Math.abs(centreNow() - open.at) < 20_000) return false;
  if ((await state()) !== "open" || !open) return true;
  await opened(open.key);
  return false;
}

/** Nothing on this phone can be read any more. What waits to be sent stays, sealed. */
export async function destroy(): Promise<void> {
  const shelves = (await store()).transaction(["device", "readable"], "readwrite");
  await Promise.all([
    shelves.objectStore("device").delete("open"),
    shelves.objectStore("device").delete("lease"),
    shelves.objectStore("device").delete(LENGTHENING),
    shelves.objectStore("readable").clear(),
    shelves.done,
  ]);
  open = null;
}

/** Throws when the phone is locked. */
export async function closeUp(value: unknown): Promise<Closed> {
  const iv = random(12);
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, held(), utf8(JSON.stringify(value))) };
}

export async function put(name: string, value: unknown): Promise<void> {
  const closed = await closeUp(value);
  await (await store()).put("readable", closed, name);
}

export async function get<Value>(name: string): Promise<Value | undefined> {
  const closed = await (await store()).get("readable", name);
  return closed && ((await openUp(closed)) as Value);
}

async function openUp(closed: Closed): Promise<unknown> {
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: closed.iv }, held(), closed.data);
  return JSON.parse(fromUtf8(plain));
}

/** All of that beginning, in the order of their names. */
export async function all<Value>(beginning: string): Promise<Value[]> {
  const found = await (await store()).getAll("readable", IDBKeyRange.bound(beginning, `${beginning}\uffff`));
  return Promise.all(found.map(openUp)) as Promise<Value[]>;
}

export async function remove(name: string): Promise<void> {
  await (await store()).delete("readable", name);
}

function held(): CryptoKey {
  if (!open) throw new Error("the phone is locked");
  return open.key;
}

async function opened(key: CryptoKey): Promise<void> {
  const next = { key, at: centreNow() };
  await keep("open", next);
  open = next;
}

function unwrapped(wrapped: ArrayBuffer, by: CryptoKey, iv: Bytes): Promise<CryptoKey> {
  const how = { name: "AES-GCM", iv };
  return crypto.subtle.unwrapKey("raw", wrapped, by, how, { name: "AES-GCM", length: 256 }, false, [
    "encrypt",
    "decrypt",
  ]);
}

async function fromPin(pin: string, salt: Bytes, rounds: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", utf8(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}
