/** A phone that becomes another: lent, given back, let in anew. What was not sent is carried on; nothing readable goes
 * over, and no number is given out twice. */
import { beforeEach, describe, expect, it } from "vitest";
import { base64url, hex, sha256, utf8 } from "../src/acts/bytes.ts";
import { newId } from "../src/acts/ids.ts";
import { isSigned } from "../src/device/key.ts";
import { type App, act, aNewPhone, Centre, CODE, enrolled, HOUR, MORNING, PIN, started } from "./phone.ts";

const ACTS = "/api/courier/sync/acts";
const BORROW = "/api/courier/borrow";
let app: App;
let centre: Centre;
/** What the spare phone is. */
let spare: string;

/** With an act that was sent, one that was not, a picture, something to read and a slip given out. */
beforeEach(async () => {
  aNewPhone();
  centre = await Centre.begin();
  app = await started();
  await enrolled(app);
  spare = centre.device;
  await app.lease.begin(PIN, MORNING + HOUR);
  await app.lease.put("day", { name: "Nguyễn Thị Huệ" });
  await app.acts.record(act());
  await app.outbox.send();
  await app.acts.record(act());
  const store = await app.shelves.store();
  await store.put("device", 17, "slip");
  const sealed = utf8("TNS1 sealed");
  const file = { id: newId(), sealed, sealed_hash: hex(await sha256(sealed)), hash: "00", size: 3 };
  await store.add("files", { ...file, sent: 4, received: false, at: Date.now() });
});

async function borrowed(): Promise<string> {
  centre.device = newId();
  await app.line.borrow("4821 7093");
  return centre.device;
}

const kept = (name: string) => app.shelves.kept(name);
const publicKey = async () => (await app.key.deviceKey()).jwk;
const count = async (name: "outbox" | "carried" | "files" | "readable") => (await app.shelves.store()).count(name);

interface Claim {
  code: string;
  public_key: { kty: string; crv: string; x: string; y: string };
  proof: string;
}

describe("lent", () => {
  it("has a key of its own, proven over the digits, and the spare's key proves the request", async () => {
    const before = await publicKey();
    await borrowed();
    const [claim] = centre.sent(BORROW) as Claim[];
    expect(claim!.code).toBe("48217093");
    const proof = Uint8Array.from(Buffer.from(claim!.proof, "base64url"));
    expect(await isSigned(claim!.public_key, utf8("TANNHA:LEND:48217093"), proof)).toBe(true);
    expect(claim!.public_key).not.toEqual(before);
    expect(await publicKey()).toEqual(claim!.public_key);
  });

  it("asks again with the same key when the answer was lost", async () => {
    centre.loses = 1;
    await expect(app.line.borrow("48217093")).rejects.toThrow();
    expect(await app.identity.isLent()).toBe(false);
    app = await started();
    await borrowed();
    const [first, second] = centre.sent(BORROW) as Claim[];
    expect(second!.public_key).toEqual(first!.public_key);
    expect(await app.identity.isLent()).toBe(true);
  });

  it("shows nothing of who had it, gives out none of its numbers, and carries what it had not sent", async () => {
    const waiting = (await app.outbox.everything())[1]!;
    await borrowed();
    expect(await count("readable")).toBe(0);
    expect(await app.lease.state()).toBe("none");
    expect([await kept("slip"), await kept("chain"), await count("outbox")]).toEqual([undefined, undefined, 0]);
    const [carried] = await (await app.shelves.store()).getAll("carried");
    expect(carried).toMatchObject({ device: spare, seq: 2, sealed: waiting.sealed, fingerprint: waiting.fingerprint });
    const [file] = await (await app.shelves.store()).getAll("files");
    expect(file).toMatchObject({ carried: spare, sent: null });
  });

  it("begins a line of its own, and sends what it carries after it", async () => {
    const device = await borrowed();
    await app.acts.record(act());
    await app.outbox.send();
    await app.carried.sendCarried();
    const sent = (await centre.batches()).slice(-2).flat();
    expect(sent.map((one) => [one.envelope.made_by, one.envelope.seq, one.envelope.prev === null])).toEqual([
      [device, 1, true],
      [spare, 2, false],
    ]);
  });
});

describe("given back", () => {
  it("is what it was: its key, its place in the line, its numbers; what was not sent is carried", async () => {
    const [before, chain] = [await publicKey(), await kept("chain")];
    const device = await borrowed();
    await app.acts.record(act());
    await app.line.signOut();
    await app.line.beItselfAgain();
    expect([await publicKey(), await kept("chain"), await kept("slip")]).toEqual([before, chain, 17]);
    expect((await app.line.currentSession())!.device).toBe(spare);
    expect(await app.identity.isLent()).toBe(false);
    const carried = await (await app.shelves.store()).getAll("carried");
    expect(new Set(carried.map((one) => `${one.device} ${one.seq}`))).toEqual(new Set([`${device} 1`, `${spare} 2`]));
    centre.device = spare;
    await app.acts.record(act());
    await app.outbox.send();
    await app.carried.sendCarried();
    const seqs = (await centre.batches()).flat().filter((one) => one.envelope.made_by === spare);
    expect(seqs.map((one) => one.envelope.seq).sort()).toEqual([1, 2, 3]);
    expect(await app.carried.unsentCarried()).toBe(0);
  });

  it("leaves a phone alone that is not lent", async () => {
    const before = await publicKey();
    await app.line.beItselfAgain();
    expect(await publicKey()).toEqual(before);
    expect(await count("outbox")).toBe(2);
  });

  it("goes back to what it was at first, however often it was lent in between", async () => {
    const before = await publicKey();
    await borrowed();
    await borrowed();
    await app.line.beItselfAgain();
    expect(await publicKey()).toEqual(before);
  });
});

it("let in anew, as after it was withdrawn, it has another key and carries what it had not sent", async () => {
  const before = await publicKey();
  const [, waiting] = await app.outbox.everything();
  centre.device = newId();
  await app.line.enrol(CODE);
  expect(await publicKey()).not.toEqual(before);
  expect(await count("outbox")).toBe(0);
  await app.acts.record(act());
  await app.outbox.send();
  await app.carried.sendCarried();
  const batches = centre.sent(ACTS) as { acts: { sealed: string }[] }[];
  expect(batches.at(-1)!.acts).toEqual([{ sealed: base64url(waiting!.sealed!) }]);
});
