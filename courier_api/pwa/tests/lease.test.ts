/** The lease: who can read what lies on the phone, and until when. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  type App,
  act,
  aNewPhone,
  Centre,
  enrolled,
  HOUR,
  later,
  MINUTE,
  MORNING,
  PIN,
  started,
  WRONG,
} from "./phone.ts";

const UNTIL = MORNING + 10 * HOUR;
let app: App;
let centre: Centre;

/** With a lease, something to read and an act that waits. */
beforeEach(async () => {
  aNewPhone();
  centre = await Centre.begin();
  app = await started();
  await enrolled(app);
  await app.lease.begin(PIN, UNTIL);
  await app.lease.put("day", { name: "Nguyễn Thị Huệ" });
  await app.acts.record(act());
});

async function onTheShelves() {
  const store = await app.shelves.store();
  return { readable: await store.count("readable"), waiting: await store.count("outbox") };
}

async function left() {
  return { state: await app.lease.state(), ...(await onTheShelves()) };
}

const NOTHING_TO_READ = { state: "none", readable: 0, waiting: 1 };
const LOCKED = { state: "locked", readable: 2, waiting: 1 };
const OPEN = { state: "open", readable: 2, waiting: 1 };

/** The next time a PIN is tried, the phone is switched off before it is known whether it is right. */
function switchedOffWhileChecking(): { tried: Promise<void> } {
  const checking = vi.spyOn(crypto.subtle, "deriveKey");
  return {
    tried: new Promise((tried) => {
      checking.mockImplementationOnce(() => {
        tried();
        return new Promise(() => undefined);
      });
    }),
  };
}

describe("the PIN", () => {
  it("opens what was put away", async () => {
    await app.lease.lock();
    expect(await left()).toEqual(LOCKED);
    await expect(app.lease.get("day")).rejects.toThrow("locked");
    expect(await app.lease.unlock(PIN)).toBe(true);
    expect(await app.lease.get("day")).toEqual({ name: "Nguyễn Thị Huệ" });
  });

  it("is asked after a restart once the phone was locked, and then opens it", async () => {
    await app.lease.lock();
    app = await started();
    expect(await app.lease.state()).toBe("locked");
    expect(await app.lease.unlock(PIN)).toBe(true);
    expect(await app.lease.get("day")).toEqual({ name: "Nguyễn Thị Huệ" });
  });

  it("that is wrong is counted before it is checked, so that switching the phone off gains nothing", async () => {
    await app.lease.lock();
    const { tried } = switchedOffWhileChecking();
    void app.lease.unlock(WRONG);
    await tried;
    app = await started();
    expect(await app.lease.guesses()).toBe(9);
  });

  it("is not tried an eleventh time, were the phone switched off at each of ten", async () => {
    await app.lease.lock();
    for (let guess = 0; guess < 10; guess++) {
      const { tried } = switchedOffWhileChecking();
      void app.lease.unlock(WRONG);
      await tried;
      app = await started();
    }
    expect(await app.lease.unlock(PIN)).toBe(false);
    expect(await left()).toEqual(NOTHING_TO_READ);
  });

  it("that is wrong for the tenth time destroys what can be read, but nothing that waits", async () => {
    await app.lease.lock();
    for (let guess = 9; guess > 0; guess--) {
      expect(await app.lease.unlock(WRONG)).toBe(false);
      expect(await app.lease.guesses()).toBe(guess);
    }
    expect(await left()).toEqual(LOCKED);
    expect(await app.lease.unlock(WRONG)).toBe(false);
    expect(await left()).toEqual(NOTHING_TO_READ);
    expect(await app.lease.unlock(PIN)).toBe(false);
  });

  it("that is right makes the wrong ones before it forgotten", async () => {
    await app.lease.lock();
    await app.lease.unlock(WRONG);
    await app.lease.unlock(PIN);
    expect(await app.lease.guesses()).toBe(10);
  });

  it("tried twice in one moment is counted twice", async () => {
    await app.lease.lock();
    await Promise.all([app.lease.unlock(WRONG), app.lease.unlock(WRONG)]);
    expect(await app.lease.guesses()).toBe(8);
  });
});

describe("the end of the lease", () => {
  it("destroys what can be read, but nothing that waits", async () => {
    later(UNTIL - MORNING - 1);
    await app.lease.unlock(PIN);
    expect(await left()).toEqual(OPEN);
    later(1);
    expect(await left()).toEqual(NOTHING_TO_READ);
    expect(await app.lease.unlock(PIN)).toBe(false);
    expect(await app.outbox.send()).toBe(1);
  });

  it("comes by the centre's time, whatever the phone's clock says", async () => {
    centre.ahead = 10 * HOUR;
    await app.outbox.send();
    expect(await left()).toEqual(NOTHING_TO_READ);
  });

  it("comes also while the app is shut, and for a phone that lies open", async () => {
    later(UNTIL - MORNING - 5 * MINUTE);
    await app.lease.unlock(PIN);
    later(5 * MINUTE);
    app = await started();
    expect(await left()).toEqual(NOTHING_TO_READ);
  });

  it("is put off when the centre says so, also while a PIN is being checked", async () => {
    await app.lease.lock();
    const unlocking = app.lease.unlock(PIN);
    await app.lease.prolong(UNTIL + HOUR);
    await unlocking;
    later(UNTIL - MORNING);
    await app.lease.unlock(PIN);
    expect(await app.lease.state()).toBe("open");
  });

  it("is the end: neither a PIN that was being checked nor the centre's next day brings it back", async () => {
    await app.lease.lock();
    const unlocking = app.lease.unlock(PIN);
    await app.lease.destroy();
    await app.lease.prolong(UNTIL + HOUR);
    expect(await unlocking).toBe(false);
    expect(await left()).toEqual(NOTHING_TO_READ);
  });

  it("comes with the next one: what was readable before is gone", async () => {
    await app.lease.begin("927401", UNTIL);
    expect(await app.lease.get("day")).toBeUndefined();
    await app.lease.lock();
    expect(await app.lease.unlock(PIN)).toBe(false);
    expect(await app.lease.unlock("927401")).toBe(true);
  });
});

describe("rest", () => {
  it("of fifteen minutes locks", async () => {
    later(15 * MINUTE);
    expect(await left()).toEqual(OPEN);
    later(1);
    expect(await left()).toEqual(LOCKED);
  });

  it("begins anew with every touch", async () => {
    for (let touch = 0; touch < 4; touch++) {
      later(14 * MINUTE);
      await app.lease.touched();
    }
    expect(await left()).toEqual(OPEN);
  });

  it("that was long enough is not undone by the first touch after it", async () => {
    later(2 * HOUR);
    await app.lease.touched();
    expect(await left()).toEqual(LOCKED);
  });

  it("goes on while the system has killed the app behind the camera", async () => {
    later(14 * MINUTE);
    app = await started();
    expect(await left()).toEqual(OPEN);
    expect(await app.lease.get("day")).toEqual({ name: "Nguyễn Thị Huệ" });
    later(2 * MINUTE);
    app = await started();
    expect(await left()).toEqual(LOCKED);
  });

  it("in one tab is rest in the other: locked here is locked there", async () => {
    const other = await started();
    expect(await other.lease.state()).toBe("open");
    await app.lease.lock();
    expect(await other.lease.state()).toBe("locked");
    await expect(other.lease.get("day")).rejects.toThrow("locked");
  });
});

describe("a clock set back", () => {
  it("locks, so that resting longer gains nothing", async () => {
    later(-11 * MINUTE);
    expect(await left()).toEqual(LOCKED);
  });

  it("by a little is one that was put right", async () => {
    later(-9 * MINUTE);
    expect(await left()).toEqual(OPEN);
  });

  it("is seen before a touch counts", async () => {
    later(-11 * MINUTE);
    await app.lease.touched();
    expect(await left()).toEqual(LOCKED);
  });
});

it("what lies on the phone shows no name, and its keys cannot be taken out", async () => {
  const store = await app.shelves.store();
  const closed = await store.get("readable", "day");
  expect(Buffer.from(closed!.data).includes("Huệ")).toBe(false);
  const open = (await store.get("device", "open")) as { key: CryptoKey };
  expect(open.key.extractable).toBe(false);
  const { pair } = await app.key.deviceKey();
  expect(pair.privateKey.extractable).toBe(false);
});
