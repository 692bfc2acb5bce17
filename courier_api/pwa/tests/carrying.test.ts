/** What was not sent, handed on in a file: sealed as it lay, checked whole, sent by another phone, never doubled. */
import { beforeEach, describe, expect, it } from "vitest";
import { type Bytes, base64url, hex, random, sha256, utf8 } from "../src/acts/bytes.ts";
import { newId } from "../src/acts/ids.ts";
import type { KeptFile } from "../src/store/db.ts";
import { type App, act, aNewPhone, Centre, enrolled, later, MINUTE, started } from "./phone.ts";

const ACTS = "/api/courier/sync/acts";
let app: App;
let centre: Centre;

beforeEach(async () => {
  aNewPhone();
  centre = await Centre.begin();
  app = await started();
  await enrolled(app);
});

async function picture(): Promise<KeptFile> {
  const { sealForCentre } = await import("../src/acts/centre.ts");
  const sealed = await sealForCentre(utf8("the photograph of an identity card"));
  const sealed_hash = hex(await sha256(sealed));
  const file = { id: newId(), sealed, sealed_hash, hash: "00", size: 34, sent: null, received: false, at: Date.now() };
  await (await app.shelves.store()).add("files", file);
  return file;
}

/** Three acts, of which the centre has the first, and a picture. */
async function anExport(): Promise<{ file: File; picture: KeptFile }> {
  for (let n = 0; n < 3; n++) await app.acts.record(act({ personal: { name: "Nguyễn Thị Huệ" } }));
  centre.says = (one) => (one.envelope.seq === 1 ? {} : null);
  await app.outbox.send();
  centre.says = () => ({});
  const one = await picture();
  return { file: (await app.giving.exported())!.file, picture: one };
}

/** A colleague's phone, let in by the same centre. */
async function onAnotherPhone(): Promise<string> {
  const first = centre.device;
  aNewPhone();
  later(MINUTE);
  centre.device = newId();
  app = await started();
  await enrolled(app);
  return first;
}

const bytesOf = async (file: Blob): Promise<Bytes> => new Uint8Array(await file.arrayBuffer());

async function onTheShelves() {
  const store = await app.shelves.store();
  return { carried: await store.count("carried"), files: await store.count("files") };
}

describe("the file", () => {
  it("holds what the centre has not, sealed as it lay, and nothing that can be read", async () => {
    const { file, picture: one } = await anExport();
    const text = Buffer.from(await bytesOf(file)).toString("latin1");
    const [first, ...unsent] = await app.outbox.everything();
    for (const { sealed } of [...unsent, one]) expect(text).toContain(Buffer.from(sealed!).toString("latin1"));
    expect(text).not.toContain(first!.fingerprint);
    for (const readable of ["depart", "Huệ", "visit_id", unsent[0]!.case_id!])
      expect(text).not.toContain(Buffer.from(readable).toString("latin1"));
    expect(file.name).toMatch(/^tannha-[0-9A-F]{6}-\d{8}T\d{4}\.tnx$/);
  });

  it("is not made where nothing waits", async () => {
    expect(await app.giving.exported()).toBeNull();
  });
});

describe("on another phone", () => {
  it("goes out at its own door as it was sealed, once, and comes back as the maker's", async () => {
    const { file } = await anExport();
    const unsent = (await app.outbox.everything()).slice(1).map((one) => base64url(one.sealed!));
    const first = await onAnotherPhone();
    expect(await app.taking.takeIn(file)).toEqual({ device: first, acts: 2, files: 1 });
    await app.carried.sendCarried();
    await app.carried.sendCarried();
    const sent = (await centre.batches()).at(-1)!;
    expect(sent.map((one) => one.sealed)).toEqual(unsent);
    expect(new Set(sent.map((one) => one.envelope.made_by))).toEqual(new Set([first]));
    expect(await app.carried.loads()).toEqual([{ device: first, acts: 2, files: 1, received: 2 }]);
    expect(centre.sent(ACTS)).toHaveLength(2);
    await app.carried.tidyCarried(Date.now() + 1);
    expect(await onTheShelves()).toEqual({ carried: 0, files: 1 });
  });

  it("keeps what no answer names, for the next time", async () => {
    const { file } = await anExport();
    await onAnotherPhone();
    await app.taking.takeIn(file);
    centre.says = (one) => (one.envelope.seq === 2 ? { standing: "review", n: null } : null);
    await app.carried.sendCarried();
    expect(await app.carried.unsentCarried()).toBe(1);
    centre.says = () => ({});
    app = await started();
    await app.carried.sendCarried();
    expect((await centre.batches()).at(-1)!.map((one) => one.envelope.seq)).toEqual([3]);
    expect(await app.carried.unsentCarried()).toBe(0);
  });

  it("carries pictures under ids of its own: an upload belongs to who began it", async () => {
    const { file, picture: one } = await anExport();
    const first = await onAnotherPhone();
    await app.taking.takeIn(file);
    const [kept] = await (await app.shelves.store()).getAll("files");
    expect(kept).toMatchObject({ carried: first, sealed_hash: one.sealed_hash, sealed: one.sealed, received: false });
    expect(kept!.id).not.toBe(one.id);
  });

  it("adds nothing when the same file is taken again", async () => {
    const { file } = await anExport();
    const device = await onAnotherPhone();
    await app.taking.takeIn(file);
    expect(await app.taking.takeIn(file)).toEqual({ device, acts: 0, files: 0 });
    expect(await onTheShelves()).toEqual({ carried: 2, files: 1 });
  });

  it("is delivered at the last door by a phone that was taken away", async () => {
    const { file } = await anExport();
    await onAnotherPhone();
    await app.taking.takeIn(file);
    await app.carried.sendCarriedLast();
    expect(centre.sent("/api/courier/sync/last")).toHaveLength(2);
    expect(await app.carried.unsentCarried()).toBe(2);
  });
});

describe("what is not taken in", () => {
  const amiss = async (file: Blob) => {
    const refused = await app.taking.takeIn(file).catch((error: { amiss?: string }) => error.amiss);
    expect(await onTheShelves()).toEqual({ carried: 0, files: 0 });
    return refused;
  };

  it("is a file in which any one byte is another, or that is cut or goes on", async () => {
    const { file } = await anExport();
    await onAnotherPhone();
    const whole = await bytesOf(file);
    for (const place of [0, 4, 8, 300, whole.length - 1, ...Array.from(random(12), (byte) => byte * 7 + 9)]) {
      const other = whole.slice();
      other[place % whole.length]! ^= 1;
      expect(await amiss(new Blob([other])), `byte ${place}`).toMatch(/damaged|foreign/);
    }
    expect(await amiss(file.slice(0, file.size - 1))).toBe("damaged");
    expect(await amiss(new Blob([file, "x"]))).toBe("damaged");
    expect(await amiss(file.slice(0, 20))).toBe("damaged");
  });

  it("is anything else", async () => {
    for (const other of [new Blob([]), new Blob(["TNX1"]), new Blob([random(5000)])])
      expect(await amiss(other)).toBe("foreign");
  });

  it("is this phone's own file", async () => {
    const { file } = await anExport();
    expect(await app.taking.takeIn(file).catch((error: { amiss?: string }) => error.amiss)).toBe("own");
  });

  it("is what was sealed for another centre", async () => {
    const { file } = await anExport();
    aNewPhone();
    centre = await Centre.begin();
    app = await started();
    await enrolled(app);
    expect(await amiss(file)).toBe("other centre");
  });
});

it("all is handed on only while nothing has been done since, and nothing is carried for others", async () => {
  await anExport();
  expect(await app.giving.allHandedOn()).toBe(false);
  const given = (await app.giving.exported())!;
  await app.acts.record(act());
  await app.giving.handedOn(given);
  expect(await app.giving.allHandedOn(), "made after the file was").toBe(false);
  await app.giving.handedOn((await app.giving.exported())!);
  expect(await app.giving.allHandedOn()).toBe(true);
  const store = await app.shelves.store();
  await store.put("files", { ...(await picture()), carried: newId() });
  expect(await app.giving.allHandedOn()).toBe(false);
});
