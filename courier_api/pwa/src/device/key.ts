/** This phone's own key: made here, never leaves, cannot be read out. Signs acts and proofs. */
import { type Bytes, base64url } from "../acts/bytes.ts";
import { keep, kept } from "../store/db.ts";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
export const KEY = "key";
export const NEXT_KEY = "next key";
const SIGNING = { name: "ECDSA", hash: "SHA-256" };

export interface PublicJwk {
  kty: "EC";
  crv: "P-256";
  x: string;
  y: string;
}

export class DeviceKey {
  readonly pair: CryptoKeyPair;
  readonly jwk: PublicJwk;

  constructor(pair: CryptoKeyPair, jwk: PublicJwk) {
    this.pair = pair;
    this.jwk = jwk;
  }

  /** ES256: `r || s`, 64 bytes. */
  async sign(data: Bytes): Promise<Bytes> {
    return new Uint8Array(await crypto.subtle.sign(SIGNING, this.pair.privateKey, data));
  }
}

/** The key of what this phone is now. Throws where it was never let in. */
export async function deviceKey(): Promise<DeviceKey> {
  const pair = await kept<CryptoKeyPair>(KEY);
  if (!pair) throw new Error("this phone has no key yet");
  return keyOf(pair);
}

/** A new one for what it is going to be: kept before it is used, and the same until it was, so that a lost answer can be
 * asked for again. */
export async function nextKey(): Promise<DeviceKey> {
  let pair = await kept<CryptoKeyPair>(NEXT_KEY);
  if (!pair) {
    pair = (await crypto.subtle.generateKey(CURVE, false, ["sign", "verify"])) as CryptoKeyPair;
    await keep(NEXT_KEY, pair);
  }
  return keyOf(pair);
}

async function keyOf(pair: CryptoKeyPair): Promise<DeviceKey> {
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const jwk: PublicJwk = {
    kty: "EC",
    crv: "P-256",
    x: base64url(point.subarray(1, 33)),
    y: base64url(point.subarray(33)),
  };
  return new DeviceKey(pair, jwk);
}

/** A public key on P-256, as the centre gives it. */
export interface Point {
  kty: string;
  crv: string;
  x: string;
  y: string;
}

/** Whether `signature` (64 bytes) is by the P-256 key of `jwk` over `data`. */
export async function isSigned(jwk: Point, data: Bytes, signature: Bytes): Promise<boolean> {
  const { kty, crv, x, y } = jwk;
  const key = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, CURVE, false, ["verify"]);
  return crypto.subtle.verify(SIGNING, key, signature, data);
}
