/** The envelope: what this phone writes once, signs, and never writes again. UTF-8 JSON, kept and hashed as bytes. */
import { type Bytes, hex, random, sha256, utf8 } from "./bytes.ts";

export const VERSION = 1;

export interface Subject {
  kind: "case" | "shift" | "device" | "incident" | "bag" | "unit";
  id: string;
}

export interface Envelope {
  made_by: string;
  id: string;
  seq: number;
  /** Fingerprint of the envelope before this one; null for the first of a phone. */
  prev: string | null;
  actor: string;
  subject: Subject;
  kind: string;
  rules: number;
  /** The subject's version last pulled; own unsent acts do not count. */
  base: number;
  /** By this phone's own clock, right or wrong. */
  occurred_at: Date;
  /** Milliseconds the centre was last measured to be ahead of this clock. */
  offset_ms: number | null;
  body: Record<string, unknown>;
}

/** With a salt, so that the hash in the envelope cannot be guessed. */
export function personalPart(values: Record<string, unknown>): Bytes {
  return utf8(JSON.stringify({ salt: hex(random(16)), ...values }));
}

/** The bytes of a new envelope. `personal`: names, numbers, addresses; only its hash stands in the envelope. */
export async function write(envelope: Envelope, personal: Bytes | null): Promise<Bytes> {
  const { made_by, id, seq, prev, actor, subject, kind, rules, base, occurred_at, offset_ms, body } = envelope;
  const personal_hash = personal === null ? null : hex(await sha256(personal));
  const at = occurred_at.toISOString();
  return utf8(
    JSON.stringify({
      v: VERSION,
      made_by,
      id,
      seq,
      prev,
      actor,
      subject: { kind: subject.kind, id: subject.id },
      kind,
      rules,
      base,
      occurred_at: at,
      offset_ms,
      body,
      personal_hash,
    }),
  );
}

export async function fingerprint(data: Bytes): Promise<string> {
  return hex(await sha256(data));
}
