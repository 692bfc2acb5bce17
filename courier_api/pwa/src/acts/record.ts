/** Records an act: written, signed, sealed and kept before anybody is told that it is done. */
import { measured } from "../device/clock.ts";
import { deviceKey } from "../device/key.ts";
import { closeUp, state as leaseState } from "../device/lease.ts";
import { currentSession } from "../device/line.ts";
import { type Closed, type KeptFile, store, type Waiting } from "../store/db.ts";
import { base64url, hex, sha256, utf8 } from "./bytes.ts";
import { sealForCentre } from "./centre.ts";
import { fingerprint, personalPart, type Subject, write } from "./envelope.ts";
import { newId } from "./ids.ts";

export interface Act {
  subject: Subject;
  kind: string;
  body: Record<string, unknown>;
  /** Names, numbers, addresses, free text. */
  personal?: Record<string, unknown> | undefined;
  /** Version of the rule table the act was offered by. */
  rules: number;
  base: number;
}

/** What this phone remembers of an act of its own, readable under the lease. */
export interface Noted {
  seq: number;
  id: string;
  kind: string;
  subject: Subject;
  body: Record<string, unknown>;
  at: number;
  /** What the screens show of it and the body does not say, such as names. */
  shown?: unknown;
}

/** What is kept in the same instant as the act. */
export interface Beside {
  files?: KeptFile[];
  shown?: unknown;
  /** What is no longer readable from then on, such as the draft it was made from. */
  forgets?: string[];
  /** Names and values for the shelf `device`, such as the last slip number given out. */
  device?: Record<string, unknown>;
}

/** Where this phone's chain of acts stands. */
interface Chain {
  next: number;
  last: string | null;
}

const FIRST: Chain = { next: 1, last: null };

/** Of an envelope and of a personal part: what is larger the centre does not take, and it would hold up all others. */
const MOST_BYTES = 64 * 1024;
const MOST_PERSONAL_BYTES = 75_000;

/** Begins the chain at the number the centre expects. A phone that has written acts knows better. */
export async function beginChain(next: number): Promise<void> {
  await inTurn(async (chain) => {
    if (chain === null) await (await store()).put("device", { next, last: null } satisfies Chain, "chain");
  });
}

export interface Made {
  act: Act;
  beside?: Beside | undefined;
}

/** The acts are kept, in their places, when this resolves; killed before, nothing of them is there: all of those that
 * belong together are kept, or none. One after the other, in however many tabs: `make` sees what all acts before have
 * left. */
export async function record(make: () => Promise<Made[]>): Promise<Noted[]> {
  return inTurn(async (chain) => {
    let { next, last } = chain ?? FIRST;
    // Without a lease nothing can be kept to be read; the act is sealed and goes out all the same.
    const readable = (await leaseState()) === "open";
    const all: { noted: Noted; waiting: Waiting; closed: Closed | null; beside: Beside }[] = [];
    for (const { act, beside = {} } of await make()) {
      const at = Date.now();
      const id = newId(at);
      const { waiting, print } = await written(act, { id, at, seq: next, prev: last });
      const noted: Noted = { seq: next, id, kind: act.kind, subject: act.subject, body: act.body, at };
      if (beside.shown !== undefined) noted.shown = beside.shown;
      all.push({ noted, waiting, closed: readable ? await closeUp(noted) : null, beside });
      [next, last] = [next + 1, print];
    }
    if (all.length === 0) return [];
    for (const { beside } of all) for (const draft of beside.forgets ?? []) await isStill(draft);
    const shelves = (await store()).transaction(["device", "outbox", "files", "readable"], "readwrite", {
      durability: "strict",
    });
    const device = shelves.objectStore("device");
    const words = shelves.objectStore("readable");
    await Promise.all([
      ...all.flatMap(({ noted, waiting, closed, beside }) => [
        shelves.objectStore("outbox").add(waiting),
        ...(closed ? [words.put(closed, noteName(noted.seq))] : []),
        ...(beside.forgets ?? []).map((name) => words.delete(name)),
        ...(beside.files ?? []).map((file) => shelves.objectStore("files").add(file)),
        ...Object.entries(beside.device ?? {}).map(([name, value]) => device.put(value, name)),
      ]),
      device.put({ next, last } satisfies Chain, "chain"),
      shelves.done,
    ]);
    return all.map(({ noted }) => noted);
  });
}

export const NOTE = "act ";
export const noteName = (seq: number): string => NOTE + String(seq).padStart(9, "0");

interface Place {
  id: string;
  at: number;
  seq: number;
  prev: string | null;
}

async function written(act: Act, place: Place): Promise<{ waiting: Waiting; print: string }> {
  const session = await currentSession();
  if (!session) throw new Error("an act needs a phone that was let in");
  const personal = act.personal ? personalPart(act.personal) : null;
  const data = await write(
    {
      made_by: session.device,
      id: place.id,
      seq: place.seq,
      prev: place.prev,
      actor: session.person,
      subject: act.subject,
      kind: act.kind,
      rules: act.rules,
      base: act.base,
      occurred_at: new Date(place.at),
      offset_ms: measured(),
      body: act.body,
    },
    personal,
  );
  if (data.length > MOST_BYTES || (personal?.length ?? 0) > MOST_PERSONAL_BYTES) throw new Error("an act too large");
  const signature = base64url(await (await deviceKey()).sign(data));
  const sent = { envelope: base64url(data), signature, personal: personal && base64url(personal) };
  const sealed = await sealForCentre(utf8(JSON.stringify({ acts: [sent] })));
  const print = await fingerprint(data);
  const waiting: Waiting = {
    seq: place.seq,
    id: place.id,
    kind: act.kind,
    case_id: act.subject.kind === "case" ? act.subject.id : null,
    at: place.at,
    fingerprint: print,
    sealed,
    sealed_hash: hex(await sha256(sealed)),
    standing: null,
    n: null,
    problem: null,
    received_at: null,
  };
  return { waiting, print };
}

/** What was touched just before lies there by then: kept after the act, it would come back at the next one. */
const isStill = (draft: string): Promise<unknown> => navigator.locks.request(draft, () => undefined);

/** One writer at a time: two tabs must not give out one number twice. */
function inTurn<Value>(work: (chain: Chain | null) => Promise<Value>): Promise<Value> {
  return navigator.locks.request("chain", async () => {
    const chain = (await (await store()).get("device", "chain")) as Chain | undefined;
    return work(chain ?? null);
  }) as Promise<Value>;
}
