/** The day as the phone knows it: everything once, then what changed, and over it what was done here. */
import { beforeEach, describe, expect, it } from "vitest";
import { learned } from "../src/sync/day.ts";
import { aCase, aDay, aVisit } from "./days.ts";
import { type App, act, aNewPhone, Centre, enrolled, HOUR, later, MORNING, PIN, started } from "./phone.ts";

const NONE: ReadonlySet<string> = new Set();

describe("what is learned", () => {
  const first = learned(
    null,
    aDay({
      full: true,
      cursor: "one",
      cases: [aCase("A"), aCase("B")],
      visits: [aVisit("v1", "A"), aVisit("v1", "B"), aVisit("v2", "B")],
    }),
    NONE,
  );

  it("of everything replaces what was known", () => {
    const next = learned(first, aDay({ full: true, cases: [aCase("C")], visits: [aVisit("v3", "C")] }), NONE);
    expect(Object.keys(next.cases)).toEqual(["C"]);
    expect(next.visits.map((one) => one.visit_id)).toEqual(["v3"]);
  });

  it("of what changed stands in its place, and the rest stays", () => {
    const next = learned(
      first,
      aDay({ cursor: "two", cases: [aCase("B", { version: 9 })], visits: [aVisit("v2", "B", { state: "arrived" })] }),
      NONE,
    );
    expect(next.cursor).toBe("two");
    expect(Object.entries(next.cases).map(([id, one]) => [id, one.version])).toEqual([
      ["A", 1],
      ["B", 9],
    ]);
    expect(next.visits.map((one) => [one.visit_id, one.case_id, one.state])).toEqual([
      ["v1", "A", "planned"],
      ["v1", "B", "planned"],
      ["v2", "B", "arrived"],
    ]);
  });

  it("of nothing changes nothing but the time", () => {
    const next = learned(first, aDay({ cursor: "one", now: "2026-11-25T01:00:00Z" }), NONE);
    expect(next).toEqual({ ...first, now: "2026-11-25T01:00:00Z" });
  });

  it("of what is gone takes it away, one part of a household's visit alone", () => {
    const next = learned(first, aDay({ gone: [{ visit_id: "v1", case_id: "B" }] }), NONE);
    expect(next.visits.map((one) => `${one.visit_id} ${one.case_id}`)).toEqual(["v1 A", "v2 B"]);
    expect(Object.keys(next.cases)).toEqual(["A", "B"]);
  });

  it("leaves no name of anybody who is no longer the courier's to visit", () => {
    const next = learned(first, aDay({ gone: [{ visit_id: "v1", case_id: "A" }] }), NONE);
    expect(Object.keys(next.cases)).toEqual(["B"]);
  });

  it("does not change what was known before", () => {
    const before = structuredClone(first);
    learned(first, aDay({ cases: [aCase("A", { version: 2 })], gone: [{ visit_id: "v2", case_id: "B" }] }), NONE);
    expect(first).toEqual(before);
  });
});

describe("what was ended here today", () => {
  const before = learned(
    null,
    aDay({ full: true, cases: [aCase("A"), aCase("B")], visits: [aVisit("v1", "A"), aVisit("v2", "B")] }),
    new Set(),
  );
  const gone = [
    { visit_id: "v1", case_id: "A" },
    { visit_id: "v2", case_id: "B" },
  ];

  it("stays on the list of the day when it leaves the centre's, and nothing else does", () => {
    const after = learned(before, aDay({ gone }), new Set(["v1 A"]));
    expect([after.visits, after.past.map((one) => one.visit_id), Object.keys(after.cases)]).toEqual([
      [],
      ["v1"],
      ["A"],
    ]);
  });

  it("is forgotten with the day", () => {
    const after = learned(before, aDay({ gone }), new Set(["v1 A"]));
    const next = learned(after, aDay({ now: "2026-11-25T17:00:00Z" }), new Set(["v1 A"]));
    expect([next.past, next.cases]).toEqual([[], {}]);
  });

  it("stands once when it comes back", () => {
    const after = learned(before, aDay({ gone }), new Set(["v1 A"]));
    const back = learned(after, aDay({ cases: [aCase("A")], visits: [aVisit("v1", "A")] }), new Set(["v1 A"]));
    expect([back.visits.length, back.past]).toEqual([1, []]);
  });
});

describe("asking the centre", () => {
  let app: App;
  let centre: Centre;

  beforeEach(async () => {
    aNewPhone();
    centre = await Centre.begin();
    app = await started();
    await enrolled(app);
    await app.lease.begin(PIN, MORNING + HOUR);
  });

  const pulls = () => centre.asked.filter((one) => one.method === "GET").map((one) => one.path);

  it("asks for everything, then for what changed since", async () => {
    centre.day = aDay({ full: true, cursor: "a b/1", cases: [aCase("A")], visits: [aVisit("v1", "A")] });
    await app.days.pull();
    app = await started();
    expect(await app.lease.state()).toBe("open");
    centre.day = aDay({ cursor: "2" });
    const known = await app.days.pull();
    expect(pulls()).toEqual(["/api/courier/sync/day", "/api/courier/sync/day?since=a%20b%2F1"]);
    expect(Object.keys(known.cases)).toEqual(["A"]);
    expect(await app.days.known()).toEqual(known);
  });

  it("puts off the end of the lease, and begins the chain where the centre stands", async () => {
    centre.day = aDay({ full: true, next_seq: 17, lease_until: new Date(MORNING + 9 * HOUR).toISOString() });
    await app.days.pull();
    later(8 * HOUR);
    expect(await app.lease.state()).toBe("locked");
    expect((await app.acts.record(act())).seq).toBe(17);
  });

  it("shows the list that an app kept which was told less, also before anybody is heard", async () => {
    centre.day = aDay({ full: true, cases: [aCase("A")], visits: [aVisit("v1", "A")] });
    const { own: _own, next_seq: _next, ...less } = await app.days.pull();
    await app.lease.put("day", less);
    const known = await app.days.known();
    expect(known?.visits).toHaveLength(1);
    expect(known?.own).toMatchObject({ shift: null, cash: 0 });
  });

  it("keeps what it knows when nobody is heard", async () => {
    centre.day = aDay({ full: true, cases: [aCase("A")], visits: [aVisit("v1", "A")] });
    const known = await app.days.pull();
    centre.loses = 1;
    await expect(app.days.pull()).rejects.toBeInstanceOf(app.line.NotHeard);
    expect(await app.days.known()).toEqual(known);
  });
});
