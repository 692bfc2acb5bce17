/** A lease made longer by a code that is read out: checked on the phone alone, once for each of its own numbers. */
import { beforeEach, expect, it } from "vitest";
import { fromBase32, hotp } from "../src/day/code.ts";
import { aDay } from "./days.ts";
import { type App, aNewPhone, Centre, enrolled, HOUR, later, MINUTE, MORNING, PIN, started } from "./phone.ts";

const UNTIL = MORNING + 10 * HOUR;
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const told = { day: "2026-11-25", secret: SECRET, challenge: 4, digits: 8, seconds: 4 * 3600 };
let app: App;
let centre: Centre;

beforeEach(async () => {
  aNewPhone();
  centre = await Centre.begin();
  app = await started();
  await enrolled(app);
  await app.lease.begin(PIN, UNTIL);
  centre.day = aDay({ lengthening: told, lease_until: new Date(UNTIL).toISOString() });
  await app.days.pull();
});

const digits = async () => (await app.lengthening.challenge())!.digits;
const right = async () => hotp(fromBase32(SECRET), Number(await digits()), 8);
const wrong = async () => String((Number(await right()) + 1) % 10 ** 8).padStart(8, "0");

it("shows four digits and its day, the same until they are answered", async () => {
  const first = await app.lengthening.challenge();
  expect(first).toEqual({ digits: expect.stringMatching(/^\d{4}$/), day: "2026-11-25" });
  app = await started();
  expect(await app.lengthening.challenge()).toEqual(first);
});

it("lasts longer by what the centre said, also on a locked phone, and then shows other digits", async () => {
  await app.lease.lock();
  const before = await digits();
  expect(await app.lengthening.lengthen(await right())).toBeNull();
  expect(await app.lease.until()).toBe(UNTIL + 4 * HOUR);
  expect(await digits()).not.toBe(before);
  expect(await app.lease.state()).toBe("locked");
  later(13 * HOUR);
  expect(await app.lease.unlock(PIN)).toBe(true);
});

it("takes no code twice", async () => {
  const code = await right();
  await app.lengthening.lengthen(code);
  await digits();
  expect(await app.lengthening.lengthen(code)).toEqual({ why: "wrong" });
  expect(await app.lease.until()).toBe(UNTIL + 4 * HOUR);
});

it("takes one code once in two tabs", async () => {
  const code = await right();
  const other = await started();
  await Promise.all([app.lengthening.lengthen(code), other.lengthening.lengthen(code)]);
  expect(await app.lease.until()).toBe(UNTIL + 4 * HOUR);
});

it("slows down who guesses, also after a start and with the clock set back", async () => {
  const no = await wrong();
  for (let n = 0; n < 5; n++) expect(await app.lengthening.lengthen(no)).toEqual({ why: "wrong" });
  app = await started();
  expect(await app.lengthening.lengthen(await right())).toEqual({ why: "too early", wait: 4 });
  later(-MINUTE);
  expect(await app.lengthening.lengthen(await right())).toMatchObject({ why: "too early" });
  later(MINUTE + 5_000);
  expect(await app.lengthening.lengthen(no)).toEqual({ why: "wrong" });
  expect(await app.lengthening.lengthen(await right())).toEqual({ why: "too early", wait: 8 });
  later(9_000);
  expect(await app.lengthening.lengthen(await right())).toBeNull();
});

it("wakes nothing that has ended", async () => {
  const code = await right();
  later(10 * HOUR);
  expect(await app.lease.state()).toBe("none");
  expect(await app.lengthening.lengthen(code)).toEqual({ why: "nothing to check with" });
  expect(await app.lease.state()).toBe("none");
});

it("keeps its digits when the centre tells the same day again, and draws others on another", async () => {
  const before = await digits();
  await app.days.pull();
  expect(await digits()).toBe(before);
  centre.day = aDay({ lengthening: { ...told, day: "2026-11-26", secret: "GEZDGNBV" } });
  await app.days.pull();
  expect((await app.lengthening.challenge())!.day).toBe("2026-11-26");
});
