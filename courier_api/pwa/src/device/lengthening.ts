/** A longer lease without a network, by a code that the dispatcher reads out (F25). The phone checks it alone: with a
 * secret of its own and of one day, over four digits that it drew itself and that no code answers twice.
 *
 * The secret lies beside the lease, not under it: a locked phone has to check as well. Whoever could read it there could
 * as well put off the end of the lease there; what is readable stays behind the PIN either way. */
import { type Bytes, random } from "../acts/bytes.ts";
import type { components } from "../api";
import { fromBase32, hotp } from "../day/code.ts";
import { store } from "../store/db.ts";
import { centreNow } from "./clock.ts";
import { LENGTHENING, lengthen as lengthenLease } from "./lease.ts";

type Told = components["schemas"]["Lengthening"];

interface Kept extends Told {
  /** Drawn by this phone; null: the next one is drawn when it is asked for. */
  shown: number | null;
  /** Those that were answered. */
  used: number[];
  wrong: number;
  /** The last wrong one, in the centre's time. */
  at: number;
}

/** Why a code does not count: `wait` in seconds. */
export type Unlike = { why: "wrong" } | { why: "too early"; wait: number } | { why: "nothing to check with" };

const FREE = 5;
const LONGEST = 15 * 60;

/** What the centre gave with the day. Of the same day as before, what was drawn and used stays. */
export async function prepare(told: Told): Promise<void> {
  await change((known) => {
    const same = known && known.day === told.day && known.secret === told.secret;
    return same
      ? { ...known, ...told }
      : { ...told, shown: null, used: [], wrong: known?.wrong ?? 0, at: known?.at ?? 0 };
  });
}

/** The digits to read out, the same until they are answered, and the day. null: this phone was given nothing. */
export async function challenge(): Promise<{ digits: string; day: string } | null> {
  const known = await change((now) => now && { ...now, shown: now.shown ?? drawn(now) });
  return known && { digits: String(known.shown).padStart(known.challenge, "0"), day: known.day };
}

/** null: the lease is longer. Counted before it is checked: switching the phone off in between gains nothing. */
export async function lengthen(code: string): Promise<Unlike | null> {
  let wait = 0;
  const known = await change((now) => {
    wait = now ? waitOf(now) : 0;
    return now && wait === 0 ? { ...now, wrong: now.wrong + 1, at: centreNow() } : now;
  });
  if (!known || known.shown === null) return { why: "nothing to check with" };
  if (wait > 0) return { why: "too early", wait };
  const right = await hotp(fromBase32(known.secret) as Bytes, known.shown, known.digits);
  if (code !== right) return { why: "wrong" };
  let counts = false;
  await change((now) => {
    counts = now !== null && now.shown === known.shown; // another tab may have been first
    return counts ? { ...now!, shown: null, used: [...now!.used, known.shown!], wrong: 0 } : now;
  });
  if (!counts) return { why: "wrong" };
  await lengthenLease(known.seconds * 1000);
  return null;
}

/** Seconds to wait still: five are free, then twice as long after each. */
function waitOf({ wrong, at }: Kept): number {
  if (wrong < FREE) return 0;
  const whole = Math.min(2 ** Math.min(wrong - FREE + 2, 12), LONGEST);
  const passed = (centreNow() - at) / 1000;
  return passed < 0 ? whole : Math.max(0, Math.ceil(whole - passed));
}

function drawn({ challenge: digits, used }: Kept): number {
  for (;;) {
    const [one, two, three] = random(3);
    const number = (one! * 65_536 + two! * 256 + three!) % 10 ** digits;
    if (!used.includes(number)) return number;
  }
}

async function change(how: (known: Kept | null) => Kept | null): Promise<Kept | null> {
  const shelf = (await store()).transaction("device", "readwrite", { durability: "strict" });
  const next = how(((await shelf.store.get(LENGTHENING)) as Kept | undefined) ?? null);
  if (next) await shelf.store.put(next, LENGTHENING);
  await shelf.done;
  return next;
}
