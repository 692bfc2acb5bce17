/** The line to the centre: every request proven, the session renewed when it runs out, refusals named. */

import { type Bytes, base64url, utf8 } from "../acts/bytes.ts";
import type { components } from "../api";
import { keep, kept } from "../store/db.ts";
import { centreNow, measure, measured, remember } from "./clock.ts";
import { turnBack, turnInto } from "./identity.ts";
import { type DeviceKey, deviceKey, nextKey } from "./key.ts";
import { prove } from "./proof.ts";

type Told = components["schemas"]["Session"];

/** What stays on the phone of a sign-in. The name is not among it: names are readable under the lease only. */
export interface Session {
  device: string;
  unit: string;
  person: string;
  refresh_token: string;
  access_token: string;
  /** Milliseconds since 1970, in the centre's time. */
  access_until: number;
  seal_keys: Told["seal_keys"];
  label_keys: Told["label_keys"];
  ahead: number | null;
}

/** The centre will not do it, whatever we repeat. */
export class Refused extends Error {
  readonly status: number;
  readonly slug: string;
  readonly title: string;

  constructor(status: number, slug: string, title: string, detail: string) {
    super(detail);
    this.status = status;
    this.slug = slug;
    this.title = title;
  }
}

/** The centre was not heard: it may have heard us, or not. What was sent is sent again. */
export class NotHeard extends Error {
  /** Milliseconds the centre asked to wait; null where it said nothing. */
  readonly wait: number | null;

  constructor(why: string, wait: number | null = null) {
    super(why);
    this.wait = wait;
  }
}

const PATIENCE = 30_000;
const TRIES = 4;
const CAN_BE_PUT_RIGHT = new Set(["nonce-needed", "proof-of-another-time"]);
/** The phone was taken away: only what is sealed may still be delivered, at a door that answers nothing. */
export const REVOKED = "device-revoked";
/** The spare phone is lent no longer. */
export const LENDING_ENDED = "lending-ended";

let session: Session | null | undefined;
let nonce: string | null = null;

export async function currentSession(): Promise<Session | null> {
  if (session === undefined) {
    session = (await kept<Session>("session")) ?? null;
    if (session && measured() === null) remember(session.ahead);
  }
  return session;
}

async function keepSession(next: Session | null): Promise<void> {
  session = next;
  await keep("session", next ?? undefined);
}

/** Lets this phone in with a one-time code, as scanned or typed, under a new key: what it was before it is no more. */
export async function enrol(code: string): Promise<Told> {
  const text = ENROLMENT + lettersOf(code);
  const body = JSON.stringify(await claim(text, text));
  const asked = Date.now();
  const answer = await ask("/api/courier/enrol", { method: "POST", body, headers: { "Content-Type": JSON_TYPE } });
  return become(await told(answer, 201), asked, { lent: false });
}

/** Makes this phone another courier's until the night is over, with eight digits that were read out (F11). */
export async function borrow(code: string): Promise<Told> {
  const digits = code.replaceAll(/[^0-9]/g, "");
  const json = await claim(digits, LENDING + digits);
  const asked = Date.now();
  const answer = await proven("POST", "/api/courier/borrow", { json });
  return become(await told(answer, 201), asked, { lent: true });
}

async function claim(code: string, signed: string) {
  const key = await nextKey();
  return { code, public_key: key.jwk, proof: base64url(await key.sign(utf8(signed))) };
}

async function become(said: Told, asked: number, { lent }: { lent: boolean }): Promise<Told> {
  measure(said.server_time, asked);
  await turnInto(sessionOf(said), lent);
  session = undefined;
  return said;
}

/** The spare phone is itself again: what it was before it was lent. */
export async function beItselfAgain(): Promise<void> {
  await turnBack();
  session = undefined;
}

const SEALED_TYPE = "application/vnd.tannha.sealed";
const JSON_TYPE = "application/json";

export const ENROLMENT = "TANNHA:ENROL:";
const LENDING = "TANNHA:LEND:";

/** Letters and digits of a code, however people type it: in small letters and in groups. */
export const lettersOf = (code: string): string =>
  code
    .toUpperCase()
    .replace(ENROLMENT, "")
    .replaceAll(/[^A-Z0-9]/g, "");

/** Opens a new session on this phone, which must have been let in before. */
export async function signIn(account: string, password: string): Promise<Told> {
  const asked = Date.now();
  const answer = await proven("POST", "/api/courier/sign-in", { json: { account, password } });
  return begin(await told(answer, 201), asked);
}

async function begin(said: Told, asked: number): Promise<Told> {
  measure(said.server_time, asked);
  await keepSession(sessionOf(said));
  return said;
}

function sessionOf(said: Told): Session {
  return {
    device: said.device,
    unit: said.unit,
    person: said.person.id,
    refresh_token: said.refresh_token,
    access_token: said.access_token,
    access_until: Date.parse(said.server_time) + said.expires_in * 1000,
    seal_keys: said.seal_keys,
    label_keys: said.label_keys,
    ahead: measured(),
  };
}

/** Ends the session at the centre, then here. One that has ended there already only ends here; so does one that must
 * end without a network: what it was kept with is gone. Throws NotHeard. */
export async function signOut(unheard = false): Promise<void> {
  try {
    await request("POST", "/api/courier/sign-out");
  } catch (error) {
    if (!(error instanceof Refused) && !unheard) throw error;
  }
  await keepSession(null);
}

/** What a phone that was taken away may still deliver. Nothing is answered. */
export async function deliverLast(sealed: Bytes): Promise<void> {
  await ask("/api/courier/sync/last", { method: "POST", body: sealed, headers: { "Content-Type": SEALED_TYPE } });
}

interface More {
  json?: unknown;
  body?: BodyInit;
  headers?: Record<string, string>;
}

/** A request of a phone that is signed in. Throws Refused, NotHeard. */
export async function request(method: string, path: string, more: More = {}): Promise<Response> {
  const now = await currentSession();
  if (!now) throw new Refused(401, "not-signed-in", "Chưa đăng nhập", "Đăng nhập rồi làm lại.");
  if (centreNow() > now.access_until - 60_000) await renew(now.access_token);
  for (let tries = 0; ; tries++) {
    const access = (await currentSession())?.access_token ?? null;
    const answer = await proven(method, path, more, access);
    if (answer.ok) return answer;
    const refused = await refusal(answer);
    if (refused.status !== 401 || refused.slug === REVOKED || tries === TRIES) throw refused;
    await renew(access);
  }
}

/** The next access token, by one request however many ask for it. A lost answer is given again. */
async function renew(old: string | null): Promise<void> {
  await navigator.locks.request("session", async () => {
    session = undefined; // another tab may have renewed it
    const now = await currentSession();
    if (!now || now.access_token !== old) return;
    const asked = Date.now();
    const answer = await proven("POST", "/api/courier/refresh", { json: { refresh_token: now.refresh_token } });
    await begin(await told(answer, 201), asked);
  });
}

/** With a proof for each try; a missing nonce or a wrong clock is put right on the way. */
async function proven(method: string, path: string, more: More, access: string | null = null): Promise<Response> {
  const key = await deviceKey();
  for (let tries = 0; ; tries++) {
    const answer = await ask(path, await signed(key, method, path, more, access));
    if (answer.status !== 401 || tries === TRIES) return answer;
    if (!CAN_BE_PUT_RIGHT.has((await refusal(answer.clone())).slug)) return answer;
  }
}

async function signed(
  key: DeviceKey,
  method: string,
  path: string,
  more: More,
  access: string | null,
): Promise<RequestInit> {
  const address = location.origin + path.split("?")[0];
  const headers: Record<string, string> = { ...more.headers };
  headers.DPoP = await prove(key, { method, address, at: centreNow() / 1000, nonce, access });
  if (access !== null) headers.Authorization = `DPoP ${access}`;
  if (more.json !== undefined) headers["Content-Type"] = JSON_TYPE;
  const body = more.json !== undefined ? JSON.stringify(more.json) : more.body;
  return body === undefined ? { method, headers } : { method, headers, body };
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  const asked = Date.now();
  let answer: Response;
  try {
    answer = await fetch(path, {
      ...init,
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (error) {
    throw new NotHeard(String(error));
  }
  nonce = answer.headers.get("DPoP-Nonce") ?? nonce;
  const time = answer.headers.get("Tannha-Time");
  if (time !== null) measure(time, asked);
  if (answer.status >= 500 || answer.status === 429) throw new NotHeard(`${answer.status}`, asksToWait(answer));
  return answer;
}

function asksToWait(answer: Response): number | null {
  const seconds = Number(answer.headers.get("Retry-After") ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.min(seconds, 3600) * 1000 : null;
}

async function told(answer: Response, status: number): Promise<Told> {
  if (answer.status !== status) throw await refusal(answer);
  return (await answer.json()) as Told;
}

/** What stands in a refusal (RFC 9457), or the little that its status says. */
async function refusal(answer: Response): Promise<Refused> {
  const problem = (await answer.json().catch(() => ({}))) as { type?: string; title?: string; detail?: string };
  const slug = (problem.type ?? "").split(":").pop() ?? "";
  return new Refused(answer.status, slug, problem.title ?? "", problem.detail ?? "");
}
