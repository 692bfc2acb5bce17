/** What waits to be sent: it leaves the wait only by an answer that names it, and nothing is ever lost on the way. */
import { beforeEach, describe, expect, it } from "vitest";
import { base64url } from "../src/acts/bytes.ts";
import { type App, type Arrived, act, aNewPhone, Centre, enrolled, later, MINUTE, started } from "./phone.ts";

const ACTS = "/api/courier/sync/acts";
let app: App;
let centre: Centre;

beforeEach(async () => {
  aNewPhone();
  centre = await Centre.begin();
  app = await started();
  await enrolled(app);
});

async function made(count: number, change: Record<string, unknown> = {}) {
  const found = [];
  for (let place = 0; place < count; place++) found.push(await app.acts.record(act(change)));
  return found;
}

const standings = async () => (await app.outbox.everything()).map((one) => one.standing);
const seqs = (batch: Arrived[]) => batch.map((one) => one.envelope.seq);

describe("sending", () => {
  it("goes in the order made, twenty at a time", async () => {
    await made(43);
    expect(await app.outbox.send()).toBe(43);
    const batches = await centre.batches();
    expect(batches.map((batch) => batch.length)).toEqual([20, 20, 3]);
    expect(batches.flatMap(seqs)).toEqual(Array.from({ length: 43 }, (_, place) => place + 1));
    expect(new Set(await standings())).toEqual(new Set(["applied"]));
  });

  it("carries each act as it was sealed when it was made", async () => {
    const acts = await made(3);
    await app.outbox.send();
    expect((await centre.batches()).flat().map((one) => one.sealed)).toEqual(acts.map((one) => base64url(one.sealed!)));
  });

  it("of many large acts stays below what the centre takes at once", async () => {
    await made(20, { personal: { strokes: "9".repeat(74_000) }, body: { read: "9".repeat(64_000) } });
    expect(await app.outbox.send()).toBe(20);
    for (const body of centre.sent(ACTS)) expect(JSON.stringify(body).length).toBeLessThan(4 * 1024 * 1024);
    expect((await centre.batches()).flatMap(seqs)).toEqual(Array.from({ length: 20 }, (_, place) => place + 1));
  });

  it("says how the phone is", async () => {
    await made(2);
    later(MINUTE);
    await app.outbox.send();
    const [first] = centre.sent(ACTS) as { health: Record<string, unknown> }[];
    expect(first!.health).toMatchObject({
      unsent: 2,
      oldest_unsent_at: "2026-11-25T00:30:00.000Z",
      clock_offset_ms: 0,
      battery: null,
    });
  });

  it("of nothing asks nothing", async () => {
    expect(await app.outbox.send()).toBe(0);
    expect(centre.sent(ACTS)).toEqual([]);
  });
});

describe("an answer that names another act", () => {
  it("leaves the act unsent, and asks no more until the next time", async () => {
    await made(1);
    centre.says = () => ({ fingerprint: "00".repeat(32) });
    expect(await app.outbox.send()).toBe(0);
    expect(await standings()).toEqual([null]);
    expect(centre.sent(ACTS)).toHaveLength(1);
    centre.says = () => ({});
    expect(await app.outbox.send()).toBe(1);
    expect(await standings()).toEqual(["applied"]);
  });

  it("does not keep the acts behind it from being sent", async () => {
    await made(45);
    centre.says = (one) => (one.envelope.seq <= 20 ? { fingerprint: "00".repeat(32) } : {});
    expect(await app.outbox.send()).toBe(25);
    expect(await app.outbox.counts()).toEqual({ saved: 45, received: 25, waiting: 0 });
  });

  it("is not taken for one that is missing", async () => {
    await made(2);
    centre.says = (one) => (one.envelope.seq === 1 ? null : {});
    await app.outbox.send();
    const [first, second] = await app.outbox.everything();
    expect(first!.standing).toBeNull();
    expect(second!.standing === null || second!.n === 2).toBe(true);
  });
});

it("a lost answer: the same bytes are sent again", async () => {
  const [one] = await made(1);
  centre.loses = 1;
  await expect(app.outbox.send()).rejects.toBeInstanceOf(app.line.NotHeard);
  expect(await app.outbox.everything()).toEqual([one]);
  app = await started();
  expect(await app.outbox.send()).toBe(1);
  const [[first], [second]] = (await centre.batches()) as [[Arrived], [Arrived]];
  expect(second.sealed).toBe(first.sealed);
  expect(await standings()).toEqual(["applied"]);
});

describe("what the centre has not decided", () => {
  for (const standing of ["held", "behind", "review"] as const) {
    it(`(${standing}) keeps its bytes and is asked again until it is`, async () => {
      const [one] = await made(1);
      centre.says = () => ({ standing, n: null });
      await app.outbox.send();
      await app.outbox.send();
      const [kept] = await app.outbox.everything();
      expect(kept).toMatchObject({ standing, n: null, sealed: one!.sealed });
      expect(await app.outbox.counts()).toEqual({ saved: 1, received: 1, waiting: 1 });
      centre.says = () => ({ standing: "applied", n: 5 });
      await app.outbox.send();
      const [decided] = await app.outbox.everything();
      expect(decided).toMatchObject({ standing: "applied", n: 5, sealed: null });
      expect(await app.outbox.counts()).toEqual({ saved: 1, received: 1, waiting: 0 });
      const sent = (await centre.batches()).flat().map((each) => each.sealed);
      expect(new Set(sent)).toEqual(new Set([base64url(one!.sealed!)]));
    });
  }

  it("is asked after what was not sent yet", async () => {
    await made(1);
    centre.says = () => ({ standing: "review", n: null });
    await app.outbox.send();
    await made(1);
    await app.outbox.send();
    expect((await centre.batches()).slice(1).map(seqs)).toEqual([[2], [1]]);
  });

  it("because it could not be opened is kept by the centre under the hash of what was sealed", async () => {
    const [one] = await made(1);
    centre.says = () => ({ fingerprint: one!.sealed_hash, standing: "review", n: null });
    expect(await app.outbox.send()).toBe(1);
    expect((await app.outbox.everything())[0]).toMatchObject({ standing: "review", sealed: one!.sealed });
  });
});

describe("what the centre has decided", () => {
  for (const standing of ["applied", "set_aside"] as const) {
    it(`(${standing}) is not sent again, and its bytes are dropped`, async () => {
      await made(1);
      centre.says = () => ({ standing, n: null });
      await app.outbox.send();
      expect((await app.outbox.everything())[0]).toMatchObject({ standing, sealed: null });
      await app.outbox.send();
      expect(centre.sent(ACTS)).toHaveLength(1);
    });
  }

  it("(refused) says why, in words for people", async () => {
    await made(1);
    const type = "urn:tannha:problem:window-full";
    const problem = { type, title: "Khung giờ đã đủ.", status: 409, detail: "Chọn khung giờ khác." };
    centre.says = () => ({ standing: "refused", n: null, problem });
    await app.outbox.send();
    expect((await app.outbox.everything())[0]).toMatchObject({
      standing: "refused",
      sealed: null,
      problem: { slug: "window-full", title: "Khung giờ đã đủ.", detail: "Chọn khung giờ khác." },
    });
  });

  it("is kept where the centre has other bytes under its id: these lie nowhere else", async () => {
    const [one] = await made(1);
    const problem = { type: "urn:tannha:problem:same-id-other-content", title: "", status: 422, detail: "" };
    centre.says = () => ({ standing: "refused", n: null, problem });
    await app.outbox.send();
    await app.outbox.send();
    await app.outbox.tidy(Date.now() + 1);
    expect((await app.outbox.everything())[0]).toMatchObject({ standing: "refused", sealed: one!.sealed });
    expect(centre.sent(ACTS)).toHaveLength(1);
  });

  it("is forgotten when its day is over; what waits never is", async () => {
    const [first] = await made(3);
    centre.says = (one) => (one.envelope.seq === 2 ? { standing: "review", n: null } : {});
    await app.outbox.send();
    await made(1);
    await app.outbox.tidy(first!.at);
    expect(await app.outbox.everything()).toHaveLength(4);
    await app.outbox.tidy(first!.at + 1);
    expect((await app.outbox.everything()).map((one) => one.seq)).toEqual([2, 4]);
  });
});

it("a phone that was taken away delivers what was not sent, sealed, and asks nothing", async () => {
  const [, second, third] = await made(3);
  centre.says = (one) => (one.envelope.seq === 1 ? {} : null);
  await app.outbox.send();
  await app.outbox.sendLast();
  expect(centre.sent("/api/courier/sync/last")).toEqual([second!.sealed, third!.sealed]);
});
