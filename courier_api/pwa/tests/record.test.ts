/** Acts: numbered and chained without gaps, kept sealed before anybody is told, or not at all. */
import { beforeEach, expect, it, vi } from "vitest";
import { hex, sha256 } from "../src/acts/bytes.ts";
import { type App, act, aNewPhone, Centre, enrolled, HOUR, later, MORNING, started } from "./phone.ts";

let app: App;
let centre: Centre;

beforeEach(async () => {
  aNewPhone();
  centre = await Centre.begin();
  app = await started();
  await enrolled(app);
});

/** Everything that waits, opened by the centre. */
async function waiting() {
  const all = await app.outbox.everything();
  return Promise.all(all.map((one) => centre.opened(one.sealed!)));
}

async function expectChain(length: number) {
  const acts = await waiting();
  expect(acts.map((one) => one.envelope.seq)).toEqual(Array.from({ length }, (_, place) => place + 1));
  expect(acts.map((one) => one.envelope.prev)).toEqual([null, ...acts.slice(0, -1).map((one) => one.fingerprint)]);
  return acts;
}

it("each act has the next number and names the one before it", async () => {
  for (let made = 0; made < 4; made++) await app.acts.record(act());
  await expectChain(4);
});

it("two that begin together, also in two tabs, stand one behind the other", async () => {
  const other = await started();
  const written = await Promise.all(
    Array.from({ length: 12 }, (_, place) => (place % 2 ? app : other).acts.record(act())),
  );
  const acts = await expectChain(12);
  expect(new Set(written.map((one) => one.fingerprint))).toEqual(new Set(acts.map((one) => one.fingerprint)));
});

it("the chain goes on after the app was killed", async () => {
  await app.acts.record(act());
  app = await started();
  await app.acts.record(act());
  await expectChain(2);
});

it("an act is the courier's, signed by the phone, at the phone's time and with what is known of the centre's", async () => {
  centre.ahead = 90_000;
  await app.outbox.send();
  const asked = act({ base: 12, kind: "record_arrival" });
  const answered = await app.acts.record(asked);
  const [made] = await waiting();
  expect(made!.envelope).toMatchObject({
    v: 1,
    id: answered.id,
    made_by: centre.device,
    actor: centre.person,
    subject: asked.subject,
    kind: "record_arrival",
    rules: 1,
    base: 12,
    body: asked.body,
    occurred_at: new Date(MORNING).toISOString(),
    offset_ms: 0,
  });
  const { jwk } = await app.key.deviceKey();
  expect(await app.key.isSigned(jwk, made!.data, made!.signature)).toBe(true);
});

it("the time of the centre, once it was heard, goes with every act", async () => {
  centre.ahead = 90_000;
  await app.line.enrol("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  await app.acts.record(act());
  app = await started();
  await app.acts.record(act());
  expect((await waiting()).map((one) => one.envelope.offset_ms)).toEqual([90_000, 90_000]);
});

it("names stand in the personal part alone, under its hash", async () => {
  await app.acts.record(act({ personal: { name: "Nguyễn Thị Huệ" } }));
  const [made] = await waiting();
  expect(JSON.parse(Buffer.from(made!.personal!).toString())).toMatchObject({ name: "Nguyễn Thị Huệ" });
  expect(made!.envelope.personal_hash).toBe(hex(await sha256(made!.personal!)));
  expect(Buffer.from(made!.data).includes("Huệ")).toBe(false);
});

it("what waits can be read by nobody on this phone", async () => {
  const made = await app.acts.record(act({ personal: { name: "Nguyễn Thị Huệ" } }));
  const [kept] = await app.outbox.everything();
  expect(kept).toEqual(made);
  expect(Buffer.from(kept!.sealed!).includes("Huệ")).toBe(false);
  expect(Buffer.from(kept!.sealed!).includes(kept!.id)).toBe(false);
  expect(kept!.sealed_hash).toBe(hex(await sha256(kept!.sealed!)));
  expect(kept).toMatchObject({ seq: 1, standing: null, n: null, problem: null, received_at: null });
});

it("nothing is kept, and no number used, if it cannot be sealed", async () => {
  await app.acts.record(act());
  vi.spyOn(crypto.subtle, "deriveBits").mockRejectedValueOnce(new DOMException("no memory", "OperationError"));
  await expect(app.acts.record(act())).rejects.toThrow("no memory");
  await expectChain(1);
  await app.acts.record(act());
  await expectChain(2);
});

it("nothing is kept, and no number used, if the phone has no room for it", async () => {
  await app.acts.record(act());
  const { put } = IDBObjectStore.prototype;
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementationOnce(function (this: IDBObjectStore, value, name) {
    const asked = put.call(this, value, name);
    this.transaction.abort();
    return asked;
  });
  await expect(app.acts.record(act())).rejects.toThrow();
  await expectChain(1);
  await app.acts.record(act());
  await expectChain(2);
});

it("of several that belong together all are kept, in a row, or none", async () => {
  const { record } = await import("../src/acts/record.ts");
  const three = async () => [{ act: act() }, { act: act() }, { act: act() }];
  const { put } = IDBObjectStore.prototype;
  // The chain's own place is put last: everything before it goes with it.
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementationOnce(function (this: IDBObjectStore, value, name) {
    const asked = put.call(this, value, name);
    this.transaction.abort();
    return asked;
  });
  await expect(record(three)).rejects.toThrow();
  expect(await app.outbox.everything()).toEqual([]);
  expect((await record(three)).map((noted) => noted.seq)).toEqual([1, 2, 3]);
  expect(await record(async () => [])).toEqual([]);
  await expect(record(() => Promise.reject(new Error("no")))).rejects.toThrow();
  await app.acts.record(act());
  await expectChain(4);
});

it("a phone that was never let in writes nothing", async () => {
  aNewPhone();
  app = await started();
  await expect(app.acts.record(act())).rejects.toThrow("let in");
  expect(await app.outbox.everything()).toEqual([]);
});

it("begins at the number the centre expects, and never goes back to one it has used", async () => {
  await app.acts.beginChain(41);
  await app.acts.record(act());
  await app.acts.beginChain(1);
  await app.acts.record(act());
  expect((await waiting()).map((one) => one.envelope.seq)).toEqual([41, 42]);
});

it("is sealed for the key in force at that moment, to the second", async () => {
  const [old] = centre.sealKeys;
  old!.valid_to = new Date(MORNING + HOUR).toISOString().replace(".000Z", "Z");
  const next = await centre.addKey(old!.valid_to);
  const usedKey = async () => {
    const { sealed } = await app.acts.record(act());
    return hex(sealed!.slice(4, 20)) === next.id.replaceAll("-", "") ? "next" : "old";
  };
  await enrolled(app);
  expect(await usedKey()).toBe("old");
  later(HOUR - 1);
  expect(await usedKey()).toBe("old");
  later(1);
  expect(await usedKey()).toBe("next");
  later(-HOUR * 24 * 365 * 60);
  expect(await usedKey()).toBe("next");
  await expectChain(4);
});

it("an act the centre could never take is not begun", async () => {
  const tooMuch = { note: "ư".repeat(60_000) };
  await expect(app.acts.record(act({ personal: tooMuch }))).rejects.toThrow("too large");
  await expect(app.acts.record(act({ body: tooMuch }))).rejects.toThrow("too large");
  expect(await app.outbox.everything()).toEqual([]);
  await app.acts.record(act({ personal: { note: "ư".repeat(37_000) } }));
  expect(await app.outbox.send()).toBe(1);
});
