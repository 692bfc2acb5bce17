/** One file with what this phone has not sent, for a colleague's phone to carry.
 *
 *     `TNX1` | length of the index (4, big-endian) | index, JSON in UTF-8 | SHA-256 of the index (32) | payloads
 *
 * The index: { device, made_at, items }, each item { what: "act", seq, fingerprint, bytes, sha256 } or
 * { what: "file", bytes, sha256 }. The payloads follow in the order of the items, without anything in between, and are
 * `application/vnd.tannha.sealed` as they lay in the outbox: sealed for the centre alone. Numbers and hashes are all that
 * can be read: no name, no kind of act, no case. Neither side holds more than one payload in memory. */
import { type Bytes, fromUtf8, hex, joined, sha256, utf8 } from "../acts/bytes.ts";

export type Item =
  | { what: "act"; seq: number; fingerprint: string; bytes: number; sha256: string }
  | { what: "file"; bytes: number; sha256: string };

export interface Index {
  device: string;
  /** ISO 8601, by the clock of the phone that made it. */
  made_at: string;
  items: Item[];
}

export type Amiss = "foreign" | "damaged" | "own" | "other centre";

/** Why a file is not taken in. */
export class NotTaken extends Error {
  readonly amiss: Amiss;

  constructor(amiss: Amiss) {
    super(amiss);
    this.amiss = amiss;
  }
}

const MAGIC = "TNX1";
const SEALED = "TNS1";
const HEAD = 8;
const HASH = 32;
/** Of an index: some ten thousand acts. */
const LONGEST_INDEX = 4 * 1024 * 1024;
const LONGEST_ITEM = 64 * 1024 * 1024;
const HEX = /^[0-9a-f]{64}$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What stands before the payloads. */
export async function front(index: Index): Promise<Bytes> {
  const told = utf8(JSON.stringify(index));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, told.length);
  return joined(utf8(MAGIC), length, told, await sha256(told));
}

export interface Opened {
  index: Index;
  /** Reads one payload. Throws NotTaken where it is not what the index says. */
  payload: (place: number) => Promise<Bytes>;
}

/** Reads the index only. Throws NotTaken. */
export async function opened(file: Blob): Promise<Opened> {
  const head = await slice(file, 0, HEAD);
  if (head.length < HEAD || text(head.subarray(0, 4)) !== MAGIC) throw new NotTaken("foreign");
  const length = new DataView(head.buffer, head.byteOffset).getUint32(4);
  if (length > LONGEST_INDEX) throw new NotTaken("damaged");
  const told = await slice(file, HEAD, HEAD + length);
  const mark = await slice(file, HEAD + length, HEAD + length + HASH);
  if (told.length < length || hex(await sha256(told)) !== hex(mark)) throw new NotTaken("damaged");
  const index = read(told);
  const starts: number[] = [];
  let at = HEAD + length + HASH;
  for (const { bytes } of index.items) {
    starts.push(at);
    at += bytes;
  }
  if (at !== file.size) throw new NotTaken("damaged");
  return { index, payload: (place) => payload(file, starts[place]!, index.items[place]!) };
}

async function payload(file: Blob, start: number, item: Item): Promise<Bytes> {
  const data = await slice(file, start, start + item.bytes);
  if (hex(await sha256(data)) !== item.sha256) throw new NotTaken("damaged");
  if (text(data.subarray(0, 4)) !== SEALED) throw new NotTaken("foreign");
  return data;
}

/** The key that sealed bytes were made for: 16 bytes behind the mark, as they are written in an id. */
export const keyOf = (sealed: Bytes): string => hex(sealed.subarray(4, 20));

function read(told: Bytes): Index {
  try {
    const index = JSON.parse(fromUtf8(told)) as Index;
    if (ID.test(index.device) && Array.isArray(index.items) && index.items.every(isItem)) return index;
  } catch {
    // Of another version, or nobody's: the same sentence.
  }
  throw new NotTaken("foreign");
}

function isItem(item: Item): boolean {
  const sized = Number.isInteger(item.bytes) && item.bytes > 0 && item.bytes <= LONGEST_ITEM && HEX.test(item.sha256);
  if (item.what === "file") return sized;
  return item.what === "act" && sized && Number.isInteger(item.seq) && item.seq > 0 && HEX.test(item.fingerprint);
}

async function slice(file: Blob, from: number, to: number): Promise<Bytes> {
  try {
    return new Uint8Array(await file.slice(from, to).arrayBuffer());
  } catch {
    throw new NotTaken("damaged"); // taken away or changed while it was read
  }
}

const text = (data: Uint8Array): string => String.fromCharCode(...data);
