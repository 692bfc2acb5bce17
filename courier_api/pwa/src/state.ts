/** What the screens show: read from the phone's shelves, changed only here. */
import { computed, signal } from "@preact/signals";
import { type Noted, noteName } from "./acts/record.ts";
import { type Carried, carried } from "./day/carried.ts";
import { round, stops } from "./day/stops.ts";
import { centreNow, localDate, localTime } from "./device/clock.ts";
import { isLent, SIGNED_OUT, TAKEN_AWAY } from "./device/identity.ts";
import * as lease from "./device/lease.ts";
import { lengthen as lengthenLease, type Unlike } from "./device/lengthening.ts";
import {
  beItselfAgain,
  borrow as borrowPhone,
  currentSession,
  signOut as endSession,
  enrol as enrolPhone,
  LENDING_ENDED,
  NotHeard,
  REVOKED,
  Refused,
  signIn as signInPhone,
} from "./device/line.ts";
import { sendFiles, tidyFiles } from "./files/send.ts";
import { withMandates } from "./mandates/recorded.ts";
import { own } from "./shift/own.ts";
import { forget, keep, kept, type Waiting } from "./store/db.ts";
import { later, wasHeard } from "./sync/again.ts";
import { withBorn } from "./sync/born.ts";
import { sendCarried, sendCarriedLast, tidyCarried, unsent } from "./sync/carried.ts";
import { type Catalogue, fetchCatalogue, readCatalogue } from "./sync/catalogue.ts";
import * as days from "./sync/day.ts";
import { type Forms, fetchForms, readForms } from "./sync/forms.ts";
import { fetchOffices, type Offices, readOffices } from "./sync/offices.ts";
import * as outbox from "./sync/outbox.ts";

export type Gate = "starting" | "enrol" | "choose pin" | "sign in" | "locked" | "open" | "revoked";

export const gate = signal<Gate>("starting");
export const me = signal<{ name: string; badge: string } | null>(null);
/** The centre's list. */
export const told = signal<days.Known | null>(null);
/** What was done on this phone, in order. */
export const notes = signal<Noted[]>([]);
/** The centre's list, and what was born on this phone, with whoever acts by a paper that was shown to it. */
export const day = computed(() => told.value && withMandates(withBorn(told.value, notes.value), notes.value));
export const catalogue = signal<Catalogue | null>(null);
export const forms = signal<Forms | null>(null);
export const offices = signal<Offices | null>(null);
export const counts = signal<outbox.Counts>({ saved: 0, received: 0, waiting: 0 });
/** Numbers of acts that the centre has and has not decided. */
export const undecided = signal<ReadonlySet<number>>(new Set());
/** It is a spare phone, somebody's for the day. */
export const lent = signal(false);
/** It was let in, and signed out: to come back it needs no set-up code. */
export const signedOut = signal(false);
export const heard = signal(true);
/** Until when this phone can be read, in the centre's time. */
export const readableUntil = signal<number | null>(null);
export const battery = signal<number | null>(null);
/** Milliseconds, in the centre's time; moves on by itself so that "late" and the code do. */
export const now = signal(centreNow());

const SOON = 30 * 60_000;
/** The lease ends so soon that somebody may have to read out a code. */
export const endsSoon = computed(() => readableUntil.value !== null && readableUntil.value - now.value < SOON);

export const allStops = computed(() => (day.value ? stops(day.value, notes.value, now.value) : []));
export const today = computed(() => round(allStops.value, localDate(now.value)));
const NOTHING: Carried = { papers: 0, held: [], labels: 0, sets: [] };
export const inHand = computed(() => (day.value ? carried(day.value, notes.value) : NOTHING));
export const ownDay = computed(() =>
  day.value ? own(day.value, notes.value, undecided.value, localDate(now.value)) : null,
);
export const updatedAt = computed(() => (day.value ? localTime(Date.parse(day.value.now)) : null));

/** Reads the shelves and says which screen comes. */
export async function look(): Promise<void> {
  const session = await currentSession();
  const state = session ? await lease.state() : "none";
  // By now it is known how wrong this phone's own clock is: no screen comes by that clock.
  now.value = centreNow();
  if (state === "open") {
    me.value = (await lease.get<{ name: string; badge: string }>("me")) ?? null;
    const known = await days.known();
    told.value = known;
    const read = standing(await days.notes(), await outbox.everything());
    const seen = new Set(read.map((note) => note.seq));
    // An act kept while this was being read stands in `notes` already.
    const newer = notes.value.filter((note) => note.seq > Math.max(0, ...seen));
    notes.value = [...read, ...newer];
    catalogue.value ??= await readCatalogue(known?.catalogue ?? null);
    forms.value ??= await readForms(known?.forms ?? null);
    offices.value ??= await readOffices();
  } else {
    told.value = null;
    catalogue.value = null;
    forms.value = null;
    offices.value = null;
    me.value = null;
    notes.value = [];
  }
  readableUntil.value = state === "none" ? null : await lease.until();
  await count();
  lent.value = await isLent();
  if (await kept<boolean>(TAKEN_AWAY)) gate.value = "revoked";
  if (gate.value === "revoked" || (gate.value === "choose pin" && session)) return;
  signedOut.value = !session && ((await kept<boolean>(SIGNED_OUT)) ?? false);
  gate.value = gateOf(session !== null, state);
}

function gateOf(letIn: boolean, state: lease.State): Gate {
  if (!letIn) return signedOut.value ? "sign in" : "enrol";
  return state === "none" ? "sign in" : state;
}

async function count(): Promise<void> {
  const acts = await outbox.everything();
  counts.value = outbox.counted(acts);
  undecided.value = outbox.undecided(acts);
}

const NEVER = new Set(["refused", "set_aside"]);

/** What the centre did not take did not happen there: the screens no longer say that it did. */
function standing(noted: Noted[], acts: readonly Waiting[]): Noted[] {
  const never = new Set(acts.filter((one) => one.standing !== null && NEVER.has(one.standing)).map((one) => one.seq));
  return noted.filter((note) => !never.has(note.seq));
}

let arriving: { name: string; badge: string } | null = null;

/** Throws NotHeard, Refused. */
export async function enrol(code: string): Promise<void> {
  arriving = (await enrolPhone(code)).person;
  gate.value = "choose pin";
  await look();
}

/** Throws NotHeard, Refused. */
export async function signIn(account: string, password: string): Promise<void> {
  try {
    arriving = (await signInPhone(account, password)).person;
  } catch (error) {
    if (error instanceof Refused && error.slug === LENDING_ENDED) await giveBack();
    throw error;
  }
  gate.value = "choose pin";
}

/** Throws NotHeard, Refused. */
export async function borrow(code: string): Promise<void> {
  arriving = (await borrowPhone(code)).person;
  gate.value = "choose pin";
  await look();
}

/** The spare phone is itself again: what was done on it and not sent it goes on carrying, sealed. */
export async function giveBack(): Promise<void> {
  await endSession(true);
  await lease.destroy();
  await beItselfAgain();
  await look();
}

/** Until the centre has said how long the shift is, the lease lasts for four hours. */
const AT_FIRST = 4 * 3600_000;

export async function choosePin(pin: string): Promise<void> {
  await lease.begin(pin, centreNow() + AT_FIRST);
  if (arriving) await lease.put("me", { name: arriving.name, badge: arriving.badge });
  arriving = null;
  gate.value = "open";
  await look();
  void synchronise();
}

export async function unlock(pin: string): Promise<boolean> {
  const right = await lease.unlock(pin);
  await look();
  if (right) void synchronise();
  return right;
}

/** Only when the centre has everything: else how much it has not. Then nothing here can be read, and the lease is over.
 * `handedOn`: all of that went into a file, and the courier was told what that means; the session then ends here also
 * where the centre cannot be told. Throws NotHeard. */
export async function signOut(handedOn = false): Promise<{ acts: number; files: number } | null> {
  const left = await unsent();
  if (!handedOn && (left.acts > 0 || left.files > 0)) return left;
  if (await isLent()) {
    await giveBack();
    return null;
  }
  await endSession(handedOn);
  await keep(SIGNED_OUT, true);
  await lease.destroy();
  await look();
  return null;
}

/** Whoever gets this phone now sets it up with a code of their own. */
export async function setUpAnew(): Promise<void> {
  await forget(SIGNED_OUT);
  await look();
}

/** null: it lasts longer now; else why not. */
export async function lengthen(code: string): Promise<Unlike | null> {
  const wrong = await lengthenLease(code);
  await look();
  return wrong;
}

export async function lock(): Promise<void> {
  await lease.lock();
  await look();
}

/** An act was kept: the screens show it. */
export function learn(noted: Noted): void {
  notes.value = [...notes.value, noted];
  counts.value = { ...counts.value, saved: counts.value.saved + 1 };
}

let running: Promise<void> | null = null;

/** Sends what waits and asks what changed. One at a time, in however many tabs. Never throws. */
export function synchronise(): Promise<void> {
  running ??= navigator.locks
    .request("sync", { ifAvailable: true }, async (held) => {
      if (held) await once();
    })
    .finally(() => {
      running = null;
    }) as Promise<void>;
  return running;
}

async function once(): Promise<void> {
  try {
    if (!(await currentSession())) return;
    await outbox.send();
    await sendCarried();
    await sendFiles();
    if ((await lease.state()) === "open") {
      const known = await days.pull(endedHere());
      told.value = known;
      catalogue.value = await fetchCatalogue(known.catalogue);
      forms.value = await fetchForms(known.forms);
      offices.value = await fetchOffices();
    }
    heard.value = true;
    wasHeard();
    await tidy();
  } catch (error) {
    if (error instanceof Refused && error.slug === REVOKED) return await revoked();
    if (error instanceof Refused && error.slug === LENDING_ENDED) return await giveBack();
    if (!(error instanceof NotHeard || error instanceof Refused)) {
      // Locked in the middle of it: what was to be read is read after the next PIN.
      if ((await lease.state()) === "open") throw error;
      return;
    }
    heard.value = false;
    later(error instanceof NotHeard ? error.wait : null, () => void synchronise());
  } finally {
    await count();
  }
}

/** Parts of visits that were ended on this phone. */
function endedHere(): ReadonlySet<string> {
  const ends = notes.value.filter((note) => note.kind === "finish_visit" || note.kind === "fail_visit");
  return new Set(ends.map((note) => days.part({ visit_id: String(note.body.visit_id), case_id: note.subject.id })));
}

const KEPT_FOR = 48 * 3600_000;

/** What the centre has decided, and what it has whole, is forgotten after two days. */
async function tidy(): Promise<void> {
  const before = Date.now() - KEPT_FOR;
  const gone = await outbox.tidy(before);
  await tidyFiles(before);
  await tidyCarried(before);
  if ((await lease.state()) === "open") for (const seq of gone) await lease.remove(noteName(seq));
}

/** This phone was taken away: what can be read goes at once; what was not sent is delivered, sealed. */
async function revoked(): Promise<void> {
  await lease.destroy();
  await keep(TAKEN_AWAY, true);
  gate.value = "revoked";
  await look();
  await outbox.sendLast();
  await sendCarriedLast();
}
