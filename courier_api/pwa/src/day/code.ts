/** The courier's code (mã xác minh): RFC 6238 over HMAC-SHA-256, made on the phone, also without a network. */
import type { Bytes } from "../acts/bytes.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** RFC 4648, section 6, without padding. */
export function fromBase32(text: string): Bytes {
  const found: number[] = [];
  let held = 0;
  let bits = 0;
  for (const letter of text) {
    held = (held << 5) | ALPHABET.indexOf(letter);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      found.push((held >> bits) & 0xff);
      held &= (1 << bits) - 1;
    }
  }
  return Uint8Array.from(found);
}

/** `at`: milliseconds since 1970, in the centre's time. */
export const totp = (secret: Bytes, at: number, step: number, digits: number): Promise<string> =>
  hotp(secret, Math.floor(at / 1000 / step), digits);

/** RFC 4226, over HMAC-SHA-256. */
export async function hotp(secret: Bytes, count: number, digits: number): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(count));
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const mac = new DataView(await crypto.subtle.sign("HMAC", key, counter.buffer));
  const offset = mac.getUint8(mac.byteLength - 1) & 0x0f;
  const number = mac.getUint32(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, "0");
}

/** Seconds until the next one. */
export const changesIn = (at: number, step: number): number => step - (Math.floor(at / 1000) % step);
