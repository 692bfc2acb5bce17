/** A phone in a courier's hand, and a centre that hears it. The shelves last; the app is started, killed, started again. */
import { IDBFactory } from "fake-indexeddb";
import { vi } from "vitest";
import { type Bytes, base64url, fromBase64url, fromUtf8, hex, joined, sha256, utf8 } from "../src/acts/bytes.ts";
import { bytesOf, newId } from "../src/acts/ids.ts";
import type { Act } from "../src/acts/record.ts";
import type { components } from "../src/api.d.ts";
import type { Waiting } from "../src/store/db.ts";

type Answer = components["schemas"]["Answer"];
type DatedKey = components["schemas"]["DatedKey"];

/** 07:30 in Việt Nam. */
export const MORNING = Date.parse("2026-11-25T00:30:00Z");
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** A phone that never was in a courier's hand. Its clock stands, until it is moved. */
export function aNewPhone(): void {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.useFakeTimers({ toFake: ["Date"], now: MORNING });
}

export const later = (milliseconds: number): void => void vi.setSystemTime(Date.now() + milliseconds);

/** The app as it is after a start: nothing in memory. Started twice, it is two tabs. */
export async function started() {
  vi.resetModules();
  const { record, ...acts } = await import("../src/acts/record.ts");
  const { pull, ...days } = await import("../src/sync/day.ts");
  const shelves = await import("../src/store/db.ts");
  return {
    acts: {
      ...acts,
      /** As it lies on the phone. */
      async record(one: Act): Promise<Waiting> {
        const [noted] = await record(async () => [{ act: one }]);
        const { seq } = noted!;
        return (await (await shelves.store()).get("outbox", seq))!;
      },
    },
    days: { ...days, pull: (ended: string[] = []) => pull(new Set(ended)) },
    shelves,
    lease: await import("../src/device/lease.ts"),
    line: await import("../src/device/line.ts"),
    lengthening: await import("../src/device/lengthening.ts"),
    clock: await import("../src/device/clock.ts"),
    key: await import("../src/device/key.ts"),
    identity: await import("../src/device/identity.ts"),
    outbox: await import("../src/sync/outbox.ts"),
    carried: await import("../src/sync/carried.ts"),
    giving: await import("../src/carrying/giving.ts"),
    taking: await import("../src/carrying/taking.ts"),
  };
}

export type App = Awaited<ReturnType<typeof started>>;

/** An act as it arrived, opened by the centre. */
export interface Arrived {
  sealed: string;
  data: Bytes;
  fingerprint: string;
  signature: Bytes;
  personal: Bytes | null;
  envelope: {
    id: string;
    seq: number;
    prev: string | null;
    kind: string;
    actor: string;
    made_by: string;
    occurred_at: string;
    offset_ms: number | null;
    base: number;
    personal_hash: string | null;
  };
}

type Heard = Partial<Answer> | null;

export class Centre {
  device = newId();
  readonly person = newId();
  readonly keys = new Map<string, CryptoKey>();
  sealKeys: DatedKey[] = [];
  /** Everything that was asked, in order. */
  readonly asked: { method: string; path: string; body: unknown }[] = [];
  /** What is said of an act; by default it takes effect. null: nothing that names it. */
  says: (act: Arrived) => Heard = () => ({});
  /** So many answers get lost on their way back. */
  loses = 0;
  /** What `GET /sync/day` says. */
  day: unknown = null;
  /** What is ahead of the phone's clock. */
  ahead = 0;

  static async begin(): Promise<Centre> {
    const centre = new Centre();
    await centre.addKey("1970-01-01T00:00:00Z");
    vi.stubGlobal("fetch", (path: string, init: RequestInit) => centre.#hear(path, init));
    return centre;
  }

  async addKey(valid_from: string, valid_to: string | null = null): Promise<DatedKey> {
    const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
    const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
    const key = { id: newId(), valid_from, valid_to, jwk: { kty, crv, x, y } } as DatedKey;
    this.keys.set(key.id, pair.privateKey);
    this.sealKeys.push(key);
    return key;
  }

  /** What was sent to a path, decoded. */
  sent(path: string): unknown[] {
    return this.asked.filter((one) => one.path.split("?")[0] === path).map((one) => one.body);
  }

  /** The acts of each sending, opened. */
  async batches(): Promise<Arrived[][]> {
    const sent = this.sent("/api/courier/sync/acts") as { acts: { sealed: string }[] }[];
    return Promise.all(sent.map((one) => Promise.all(one.acts.map((act) => this.opened(act.sealed)))));
  }

  async opened(sealed: string | Bytes): Promise<Arrived> {
    const bytes = typeof sealed === "string" ? fromBase64url(sealed) : sealed;
    const [act, ...more] = JSON.parse(fromUtf8(await this.#unsealed(bytes))).acts;
    if (more.length > 0) throw new Error("more than one act in one sealing");
    const data = fromBase64url(act.envelope);
    return {
      sealed: base64url(bytes),
      data,
      fingerprint: hex(await sha256(data)),
      signature: fromBase64url(act.signature),
      personal: act.personal === null ? null : fromBase64url(act.personal),
      envelope: JSON.parse(fromUtf8(data)),
    };
  }

  /** From the description of `application/vnd.tannha.sealed`, not from the code that seals. */
  async #unsealed(data: Bytes): Promise<ArrayBuffer> {
    const [magic, id, point, nonce] = [data.slice(0, 4), data.slice(4, 20), data.slice(20, 85), data.slice(85, 97)];
    if (fromUtf8(magic) !== "TNS1") throw new Error("not sealed");
    const own = [...this.keys].find(([known]) => hex(bytesOf(known)) === hex(id))?.[1];
    if (!own) throw new Error("sealed for another");
    const curve = { name: "ECDH", namedCurve: "P-256" };
    const theirs = await crypto.subtle.importKey("raw", point, curve, false, []);
    const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own, 256);
    const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveBits"]);
    const how = { name: "HKDF", hash: "SHA-256", salt: point, info: joined(utf8("tannha sealed v1"), id) };
    const key = await crypto.subtle.importKey(
      "raw",
      await crypto.subtle.deriveBits(how, secret, 256),
      "AES-GCM",
      false,
      ["decrypt"],
    );
    const opening = { name: "AES-GCM", iv: nonce, additionalData: data.slice(0, 97) };
    return crypto.subtle.decrypt(opening, key, data.slice(97));
  }

  async #hear(path: string, init: RequestInit): Promise<Response> {
    const body = typeof init.body === "string" ? JSON.parse(init.body) : init.body;
    this.asked.push({ method: init.method ?? "GET", path, body });
    const answer = await this.#answer(path.split("?")[0]!, body);
    if (this.loses > 0) {
      this.loses -= 1;
      throw new TypeError("Failed to fetch");
    }
    return answer;
  }

  async #answer(path: string, body: unknown): Promise<Response> {
    const headers = { "Tannha-Time": this.#time(), "DPoP-Nonce": "of this hour" };
    switch (path) {
      case "/api/courier/enrol":
      case "/api/courier/borrow":
      case "/api/courier/refresh":
        return Response.json(this.#session(), { status: 201, headers });
      case "/api/courier/sync/acts":
        return Response.json(await this.#receive(body as { acts: { sealed: string }[] }), { headers });
      case "/api/courier/sync/day":
        return Response.json(this.day, { headers });
      case "/api/courier/sign-out":
      case "/api/courier/sync/last":
        return new Response(null, { status: 204, headers });
    }
    throw new Error(`nobody answers at ${path}`);
  }

  async #receive({ acts }: { acts: { sealed: string }[] }) {
    const answers = [];
    for (const { sealed } of acts) {
      const act = await this.opened(sealed);
      const said = this.says(act);
      if (said === null) continue;
      answers.push({
        id: act.envelope.id,
        fingerprint: act.fingerprint,
        standing: "applied",
        n: said.standing ? null : act.envelope.seq,
        problem: null,
        exceptions: [],
        ...said,
      });
    }
    return { answers, received_at: this.#time() };
  }

  #time(): string {
    return new Date(Date.now() + this.ahead).toISOString();
  }

  #session() {
    return {
      device: this.device,
      unit: newId(),
      person: { id: this.person, name: "Nguyễn Thị Lan", badge: "DT-000001" },
      refresh_token: "refresh",
      access_token: "access",
      expires_in: 900,
      server_time: this.#time(),
      seal_keys: this.sealKeys,
      label_keys: [],
    };
  }
}

export const CODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
export const PIN = "380172";
export const WRONG = "380173";

/** Let in by the centre. */
export async function enrolled(app: App): Promise<void> {
  await app.line.enrol(CODE);
}

/** An act of any kind on a case. */
export const act = (change: Record<string, unknown> = {}) => ({
  subject: { kind: "case" as const, id: newId() },
  kind: "depart",
  body: { visit_id: newId() },
  rules: 1,
  base: 3,
  ...change,
});
