/** Sealing for the centre alone, `application/vnd.tannha.sealed`: whoever finds this phone cannot open it, nor can we.
 *
 *     `TNS1` | key id (16) | ephemeral P-256 public key, uncompressed (65) | nonce (12) | AES-256-GCM ciphertext and tag
 *
 * All before the ciphertext is authenticated. Key = HKDF-SHA-256 of the ECDH secret, salt = the ephemeral public key,
 * info = `tannha sealed v1` + key id. Each sealing makes other bytes: it is done once and kept. */
import { type Bytes, joined, random, utf8 } from "./bytes.ts";
import { bytesOf } from "./ids.ts";

const CURVE = { name: "ECDH", namedCurve: "P-256" };

export interface CentreKey {
  id: string;
  jwk: { kty: string; crv: string; x: string; y: string };
}

export async function seal(centre: CentreKey, plain: Bytes): Promise<Bytes> {
  const { kty, crv, x, y } = centre.jwk;
  const publicKey = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, CURVE, false, []);
  const ephemeral = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", ephemeral.publicKey));
  const id = bytesOf(centre.id);
  const nonce = random(12);
  const header = joined(utf8("TNS1"), id, point, nonce);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: publicKey }, ephemeral.privateKey, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const derived = { name: "HKDF", hash: "SHA-256", salt: point, info: joined(utf8("tannha sealed v1"), id) };
  const key = await crypto.subtle.deriveKey(derived, material, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
  const closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: header }, key, plain);
  return joined(header, new Uint8Array(closed));
}
