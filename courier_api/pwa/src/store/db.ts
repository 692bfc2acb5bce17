/** What this phone keeps. Five shelves, each readable by somebody else:
 *
 * `device`    its key, session and lease: by the app, always.
 * `outbox`    acts sealed for the centre, and what the centre said: nobody here can open them.
 * `files`     pictures, the same.
 * `carried`   acts of another phone on their way, the same.
 * `readable`  the day, names, drafts: sealed under the lease's key, gone with the lease. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Bytes } from "../acts/bytes.ts";

/** What the centre says of an act it keeps. */
export type Standing = "applied" | "held" | "behind" | "review" | "set_aside" | "refused";

export interface Waiting {
  /** Number of the act on this phone, from 1 without gaps. */
  seq: number;
  id: string;
  kind: string;
  case_id: string | null;
  /** Milliseconds since 1970, by this phone's clock. */
  at: number;
  /** SHA-256 of the envelope, hexadecimal: an answer that does not name it is none. */
  fingerprint: string;
  /** One act as it is sent, sealed for the centre; null once the centre has decided. */
  sealed: Bytes | null;
  /** SHA-256 of `sealed`: named by the centre should it not be able to open it; it keeps the bytes all the same. */
  sealed_hash: string;
  /** null: saved on this phone only. */
  standing: Standing | null;
  /** Its number in the chain of its subject, once it took effect. */
  n: number | null;
  /** Why it did not take effect, in words for people. */
  problem: { slug: string; title: string; detail: string } | null;
  received_at: string | null;
}

export interface KeptFile {
  /** Of the upload, the same however often it is tried. */
  id: string;
  /** Sealed for the centre, once; null once the centre has all of it. */
  sealed: Bytes | null;
  sealed_hash: string;
  /** SHA-256 of the plain bytes, hexadecimal: how acts name the file. */
  hash: string;
  size: number;
  /** A small copy of another file, to be looked at until that is there. */
  preview?: true;
  /** How many bytes the centre has; null: not begun, or not known. */
  sent: number | null;
  received: boolean;
  at: number;
  /** The phone it is carried for. */
  carried?: string;
}

/** An act of another phone, sealed as it lay there. */
export interface Carried {
  device: string;
  /** Its number on that phone. */
  seq: number;
  fingerprint: string;
  /** null once the centre has it. */
  sealed: Bytes | null;
  sealed_hash: string;
  standing: Standing | null;
  /** When it was taken in, by this phone's clock. */
  at: number;
}

export interface Closed {
  iv: Bytes;
  data: ArrayBuffer;
}

interface Shelves extends DBSchema {
  device: { key: string; value: unknown };
  outbox: { key: number; value: Waiting };
  files: { key: string; value: KeptFile };
  carried: { key: [string, number, string]; value: Carried };
  readable: { key: string; value: Closed };
}

export type Store = IDBPDatabase<Shelves>;

let opened: Promise<Store> | undefined;

export function store(): Promise<Store> {
  opened ??= openDB<Shelves>("tannha", 2, {
    upgrade(db, before) {
      if (before < 1) {
        db.createObjectStore("device");
        db.createObjectStore("outbox", { keyPath: "seq" });
        db.createObjectStore("files", { keyPath: "id" });
        db.createObjectStore("readable");
      }
      if (before < 2) db.createObjectStore("carried", { keyPath: ["device", "seq", "sealed_hash"] });
    },
    // Another tab brings a newer version: this one lets go, and opens again when it next needs something.
    blocking() {
      void opened?.then((db) => db.close());
      opened = undefined;
    },
    terminated() {
      opened = undefined;
    },
  });
  return opened;
}

export async function kept<Value>(name: string): Promise<Value | undefined> {
  return (await (await store()).get("device", name)) as Value | undefined;
}

export async function keep(name: string, value: unknown): Promise<void> {
  await (await store()).put("device", value, name);
}

export async function forget(name: string): Promise<void> {
  await (await store()).delete("device", name);
}
