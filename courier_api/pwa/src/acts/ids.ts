/** Ids are made on the phone: for identity only, never for order, secrecy or time. */
import { type Bytes, hex, joined, random, utf8 } from "./bytes.ts";

/** A UUIDv7 (RFC 9562): 48 bits of milliseconds, the rest by chance. */
export function newId(at: number = Date.now()): string {
  const data = random(16);
  for (let byte = 0; byte < 6; byte++) data[byte] = Math.floor(at / 2 ** (8 * (5 - byte))) % 256;
  data[6] = (data[6]! & 0x0f) | 0x70;
  data[8] = (data[8]! & 0x3f) | 0x80;
  return written(data);
}

export function written(data: Uint8Array): string {
  const text = hex(data);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}

/** The 16 bytes of an id. */
export function bytesOf(id: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(id.replaceAll("-", "").match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

const NAMESPACE = "6d0c2f0e-8f43-5d0c-9a53-7a1e6e9d4b11";

/** The id that the centre gives to something that has none of its own, such as the owner of a case: a UUIDv5. */
export async function derived(...parts: string[]): Promise<string> {
  const named: Bytes = joined(bytesOf(NAMESPACE), utf8(parts.join("\x1f")));
  const data = new Uint8Array(await crypto.subtle.digest("SHA-1", named)).slice(0, 16);
  data[6] = (data[6]! & 0x0f) | 0x50;
  data[8] = (data[8]! & 0x3f) | 0x80;
  return written(data);
}
