/** What waits to be sent, and what the centre said. "Saved on this phone" and "received by the centre" are two facts. */
import { type Bytes, base64url } from "../acts/bytes.ts";
import type { components } from "../api";
import { measured } from "../device/clock.ts";
import { currentSession, deliverLast, request } from "../device/line.ts";
import { store, type Waiting } from "../store/db.ts";

type Answer = components["schemas"]["Answer"];
type Answered = components["schemas"]["Answered"];

const BATCH = 20;
/** Of a batch, sealed: the centre takes 4 MB at once, and base64url makes four bytes of three. */
const BATCH_BYTES = 2 * 1024 * 1024;
const VERSION = "1";
/** Kept by the centre, but not decided: asked again, to hear what became of it. */
const UNDECIDED = new Set(["held", "behind", "review"]);
/** The one refusal after which the bytes lie here alone: a person has to look at this phone. */
const OTHER_CONTENT = "same-id-other-content";

const isUndecided = (one: Waiting): boolean => one.standing !== null && UNDECIDED.has(one.standing);

export interface Counts {
  /** All acts of this phone that still lie on it. */
  saved: number;
  received: number;
  /** Those a person at the centre must look at. */
  waiting: number;
}

export const counts = async (): Promise<Counts> => counted(await everything());

export function counted(all: readonly Waiting[]): Counts {
  return {
    saved: all.length,
    received: all.filter((one) => one.standing !== null).length,
    waiting: all.filter(isUndecided).length,
  };
}

/** Numbers of the acts that the centre keeps and has not decided. */
export const undecided = (all: readonly Waiting[]): ReadonlySet<number> =>
  new Set(all.filter(isUndecided).map((one) => one.seq));

/** In the order they were made. */
export async function everything(): Promise<Waiting[]> {
  return (await store()).getAll("outbox");
}

/** Sends everything that the centre has not received, oldest first; then asks what became of what it had not decided.
 * Each act goes once: one that no answer names waits for the next time. How many acts the centre heard of. Throws
 * NotHeard, Refused. */
export async function send(): Promise<number> {
  const before = new Set((await everything()).filter(isUndecided).map((one) => one.seq));
  let heard = 0;
  let sent = 0;
  for (;;) {
    const unsent = (await everything()).filter((one) => one.standing === null && one.seq > sent);
    if (unsent.length === 0) break;
    const batch = together(unsent);
    heard += await deliver(batch);
    sent = batch.at(-1)!.seq;
  }
  let undecided = (await everything()).filter((one) => before.has(one.seq) && isUndecided(one));
  while (undecided.length > 0) {
    const batch = together(undecided);
    await deliver(batch);
    undecided = undecided.slice(batch.length);
  }
  return heard;
}

interface Sealed {
  sealed: Bytes | null;
  sealed_hash: string;
  fingerprint: string;
}

/** The first of them that go in one request; at least one. */
export function together<Act extends Sealed>(acts: Act[]): Act[] {
  let bytes = 0;
  const end = acts.findIndex((act, place) => {
    bytes += act.sealed!.length;
    return place === BATCH || (place > 0 && bytes > BATCH_BYTES);
  });
  return end === -1 ? acts : acts.slice(0, end);
}

/** What the centre says to a batch, whoever made it. */
export async function post(acts: readonly Sealed[]): Promise<Answered> {
  const json = { acts: acts.map((act) => ({ sealed: base64url(act.sealed!) })), health: await health() };
  const answer = await request("POST", "/api/courier/sync/acts", { json });
  return (await answer.json()) as Answered;
}

/** Whether an answer is about that act. */
export const names = (said: Answer | undefined, act: Sealed): said is Answer =>
  said !== undefined && (said.fingerprint === act.fingerprint || said.fingerprint === act.sealed_hash);

/** Whether the bytes still have to lie here once the centre has said that. */
export const lieHereAlone = (said: Answer): boolean => slugOf(said) === OTHER_CONTENT;

const slugOf = (said: Answer): string => said.problem?.type?.split(":").pop() ?? "";

async function deliver(acts: Waiting[]): Promise<number> {
  const { answers, received_at } = await post(acts);
  return hear(acts, answers, received_at);
}

/** What a phone that was taken away still delivers: sealed, one by one, at a door that answers nothing. */
export async function sendLast(): Promise<void> {
  const session = await currentSession();
  if (!session) return;
  for (const act of await everything()) {
    if (act.standing === null && act.sealed) await deliverLast(act.sealed).catch(() => undefined);
  }
}

/** An act leaves the wait only by an answer that names it. */
async function hear(acts: Waiting[], answers: readonly Answer[], received_at: string): Promise<number> {
  const shelf = (await store()).transaction("outbox", "readwrite");
  let heard = 0;
  for (const [place, act] of acts.entries()) {
    const said = answers[place];
    if (!names(said, act)) continue;
    heard += 1;
    const slug = slugOf(said);
    void shelf.store.put({
      ...act,
      standing: said.standing as Waiting["standing"],
      n: said.n ?? null,
      problem: said.problem ? { slug, title: said.problem.title, detail: said.problem.detail ?? "" } : null,
      received_at,
      sealed: UNDECIDED.has(said.standing) || lieHereAlone(said) ? act.sealed : null,
    });
  }
  await shelf.done;
  return heard;
}

/** Forgets acts of days gone by that the centre has decided. Their numbers. */
export async function tidy(before: number): Promise<number[]> {
  const shelf = (await store()).transaction("outbox", "readwrite");
  const gone = (await shelf.store.getAll())
    .filter((act) => act.sealed === null && act.at < before)
    .map((act) => act.seq);
  for (const seq of gone) void shelf.store.delete(seq);
  await shelf.done;
  return gone;
}

/** What this phone says of itself with every sending. */
async function health(): Promise<components["schemas"]["Health"]> {
  const unsent = (await everything()).filter((one) => one.standing === null);
  const estimate = (await navigator.storage?.estimate?.()) ?? {};
  const oldest = unsent[0];
  return {
    unsent: unsent.length,
    oldest_unsent_at: oldest ? new Date(oldest.at).toISOString() : null,
    storage_used: estimate.usage ?? null,
    storage_quota: estimate.quota ?? null,
    persisted: (await navigator.storage?.persisted?.()) ?? null,
    app_version: VERSION,
    clock_offset_ms: measured(),
    battery: await batteryLevel(),
  };
}

/** Per cent; null where the browser does not say. */
export async function batteryLevel(): Promise<number | null> {
  const ask = (navigator as { getBattery?: () => Promise<{ level: number }> }).getBattery;
  return ask ? Math.round((await ask.call(navigator)).level * 100) : null;
}
