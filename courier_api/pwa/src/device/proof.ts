/** What this phone proves with every request: DPoP (RFC 9449) by its own key. */
import { base64url, random, sha256, utf8 } from "../acts/bytes.ts";
import type { DeviceKey } from "./key.ts";

export interface Asked {
  method: string;
  /** Without query. */
  address: string;
  /** Seconds since 1970 in the centre's time. */
  at: number;
  nonce: string | null;
  access: string | null;
}

export async function prove(key: DeviceKey, asked: Asked): Promise<string> {
  const header = { typ: "dpop+jwt", alg: "ES256", jwk: key.jwk };
  const claims: Record<string, unknown> = {
    jti: base64url(random(12)),
    htm: asked.method,
    htu: asked.address,
    iat: Math.floor(asked.at),
  };
  if (asked.nonce !== null) claims.nonce = asked.nonce;
  if (asked.access !== null) claims.ath = base64url(await sha256(utf8(asked.access)));
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${base64url(await key.sign(utf8(signed)))}`;
}

const part = (members: object): string => base64url(utf8(JSON.stringify(members)));
