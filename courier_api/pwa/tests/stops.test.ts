/** The day as stops: houses, not cases; what is next, late, done, failed. */
import { describe, expect, it } from "vitest";
import type { Noted } from "../src/acts/record.ts";
import { place } from "../src/day/place.ts";
import { ended, failed, round, type Stop, stops } from "../src/day/stops.ts";
import { instant, localDate, localTime } from "../src/device/clock.ts";
import { type Case, learned, type Visit } from "../src/sync/day.ts";
import { aCase, aDay, aNote, aParty, aVisit } from "./days.ts";

const TODAY = "2026-11-25";
const AT = instant(TODAY, "07:30");

const known = (
  visits: Visit[],
  cases: Case[] = [...new Set(visits.map((one) => one.case_id))].map((id) => aCase(id)),
) => learned(null, aDay({ full: true, visits, cases }), new Set());

const all = (visits: Visit[], done: Noted[] = [], at = AT) => stops(known(visits), done, at);

const names = (visits: Visit[], done: Noted[] = []) => all(visits, done).map((one) => one.visit_id);

/** The one stop of a visit. */
function stop(visit: Partial<Visit> = {}, one: Partial<Case> = {}, at = AT) {
  return stops(known([aVisit("v1", "A", visit)], [aCase("A", one)]), [], at)[0]!;
}

const paper = (change: Partial<Visit["take"][number]> = {}): Visit["take"][number] => ({
  component: "to_khai",
  name: "Tờ khai",
  originals: 1,
  copies: 0,
  original: null,
  surrender: false,
  when: null,
  ...change,
});

const given: Visit["give"][number] = {
  component: "ket_qua",
  name: "Trích lục",
  originals: 1,
  copies: 0,
  is_result: true,
  paper_id: "x",
};

const party = (change: Partial<Case["parties"][number]>): Case["parties"][number] =>
  aParty("p", "owner", { name: "Nguyễn Thị Huệ", ...change });

describe("the order", () => {
  it("is by day, then by window", () => {
    expect(
      names([
        aVisit("c", "A", { day: "2026-11-26", time_window: "05:30-06:30" }),
        aVisit("b", "B", { time_window: "13:00-14:00" }),
        aVisit("a", "C", { time_window: "07:00-08:00" }),
        aVisit("y", "D", { day: "2026-11-24", time_window: "19:00-20:00" }),
      ]),
    ).toEqual(["y", "a", "b", "c"]);
  });

  it("puts the house where one is first, then the one that is on the way", () => {
    const visits = ["a", "b", "c"].map((id) => aVisit(id, id));
    const done = [aNote("depart", "b", "b"), aNote("record_arrival", "c", "c")];
    expect(names(visits, done)).toEqual(["c", "b", "a"]);
  });

  it("does not depend on the order in which the centre sends them", () => {
    const visits = ["a", "b", "c", "d"].map((id) => aVisit(id, id));
    expect(names([...visits].reverse())).toEqual(names(visits));
  });
});

describe("money", () => {
  const charge = (charge_id: string, amount: number, state = "due") =>
    ({ charge_id, line: "le_phi", amount, due_at: "reception", state }) as Case["charges"][number];
  const cash = aNote("collect", "v1", "A", { lines: [{ charge_id: "a", amount: 8000 }], total: 8000, slip_number: 9 });
  const asked = (due: number, charges: Case["charges"], notes: Noted[]) =>
    stops(known([aVisit("v1", "A", { due })], [aCase("A", { charges })]), notes, AT)[0]!.due;

  it("that was taken on this phone is not asked for again, whether the centre has heard or not", () => {
    const both = [charge("a", 8000), charge("b", 13_000)];
    expect(asked(21_000, both, [])).toBe(21_000);
    expect(asked(21_000, both, [cash])).toBe(13_000);
    expect(asked(13_000, [charge("a", 8000, "collected"), charge("b", 13_000)], [cash])).toBe(13_000);
    expect(asked(8000, [charge("a", 8000)], [cash])).toBe(0);
    expect(asked(0, [charge("a", 8000, "collected")], [cash])).toBe(0);
  });
});

describe("papers", () => {
  const visit = aVisit("v1", "A", {
    give: [given, { ...given, paper_id: "another" }],
    take: [paper({ component: "to_khai", originals: 2 }), paper({ component: "cccd", originals: 0, copies: 1 })],
  });
  const counted = (...notes: Noted[]) => {
    const [{ give, take }] = stops(known([visit], [aCase("A")]), notes, AT) as [Stop];
    return [give, take];
  };

  it("that changed hands on this phone are neither taken nor given again", () => {
    expect(counted()).toEqual([2, 3]);
    expect(counted(aNote("take_papers", "v1", "A", { papers: [{ id: "p", component: "to_khai" }] }))).toEqual([2, 1]);
    expect(counted(aNote("hand_over_result", "v1", "A", { paper_ids: [given.paper_id] }))).toEqual([1, 3]);
    expect(counted(aNote("take_papers", "v2", "A", { papers: [{ id: "p", component: "cccd" }] }))).toEqual([2, 3]);
  });
});

describe("a household", () => {
  const visits = [
    aVisit("v1", "A", { due: 8000, give: [given] }),
    aVisit("v1", "B", {
      due: 13_000,
      take: [paper({ originals: 2, copies: 1 }), paper({ originals: null, copies: null })],
    }),
    aVisit("v2", "C"),
  ];

  it("is one stop for all its cases, and asks for the sum", () => {
    const [house, other] = all(visits);
    expect(house).toMatchObject({ visit_id: "v1", cases: ["A", "B"], due: 21_000, give: 1, take: 4 });
    expect(other).toMatchObject({ visit_id: "v2", cases: ["C"], due: 0, give: 0, take: 0 });
  });

  it("is for both where one takes for one case and hands over for another", () => {
    const purposes = (...found: string[]) =>
      all(found.map((purpose, place) => aVisit("v1", `${place}`, { purpose })))[0]!.purpose;
    expect(purposes("collect", "deliver")).toBe("both");
    expect(purposes("collect", "collect")).toBe("collect");
    expect(purposes("supplement")).toBe("supplement");
    expect(purposes("collect", "supplement")).toBe("collect");
  });

  it("is late, unconfirmed or perhaps done elsewhere if any part of it is", () => {
    const [house] = all([aVisit("v1", "A"), aVisit("v1", "B", { confirmed: false, perhaps_elsewhere: true })]);
    expect(house!.flags).toEqual(["unconfirmed", "elsewhere"]);
  });
});

describe("who and where", () => {
  it("is the filer, else the owner", () => {
    expect(stop().name).toBe("Nguyễn Thị Huệ");
    expect(stop({}, { parties: [party({ role: "filer", name: "Trần Văn Ba" })] }).name).toBe("Trần Văn Ba");
  });

  it("is nobody once the case is erased, and nothing breaks", () => {
    const gone = stop({}, { owner_name: null, phone: null, address: null, hamlet: null, landmark: null });
    expect(gone).toMatchObject({ name: "", phone: null, address: "", hamlet: "", landmark: "" });
    expect(place(gone)).toBe("");
  });

  it("is said with the landmark", () => {
    expect(place(stop())).toBe("Ấp 1, Mỹ Thuận, cạnh cầu sắt");
    expect(place(stop({}, { hamlet: null }))).toBe("Ấp 1, cạnh cầu sắt");
  });

  it("is a stop even where nothing is known of the case yet", () => {
    expect(stops({ ...known([aVisit("v1", "A")]), cases: {} }, [], AT)[0]).toMatchObject({ name: "", cases: ["A"] });
  });
});

describe("flags", () => {
  const flags = (visit: Partial<Visit>, one: Partial<Case> = {}, at = AT) => stop(visit, one, at).flags;

  it("none for an ordinary visit", () => {
    expect(flags({})).toEqual([]);
  });

  it("late from the end of the window on, by the hour of Việt Nam, until it is over", () => {
    expect(flags({}, {}, instant(TODAY, "08:00"))).toEqual([]);
    expect(flags({}, {}, instant(TODAY, "08:00") + 1)).toEqual(["late"]);
    expect(flags({ state: "arrived" }, {}, instant(TODAY, "09:00"))).toEqual(["late"]);
    expect(flags({ state: "done" }, {}, instant(TODAY, "09:00"))).toEqual([]);
    expect(flags({ day: "2026-11-24" })).toEqual(["late"]);
    expect(flags({ day: "2026-11-26" }, {}, instant(TODAY, "23:59"))).toEqual([]);
  });

  it("old from sixty years on", () => {
    expect(flags({}, { parties: [party({ born: "1966-12-31" })] })).toEqual(["elderly"]);
    expect(flags({}, { parties: [party({ born: "1967" })] })).toEqual([]);
    expect(flags({}, { parties: [party({ born: null })] })).toEqual([]);
  });

  it("what travels, what is taken back, whom alone it may be given", () => {
    expect(flags({ take: [paper({ original: "travels" })] })).toEqual(["travels"]);
    expect(flags({ take: [paper({ original: "travels", originals: 0, copies: 1 })] })).toEqual([]);
    expect(flags({ take: [paper({ surrender: true })] })).toEqual(["surrender"]);
    expect(flags({ give: [given] }, { recipient_class: "owner" })).toEqual(["ownerOnly"]);
    expect(flags({}, { recipient_class: "owner" })).toEqual([]);
  });

  it("who does not write, what waits for a person, what went wrong", () => {
    expect(flags({}, { model: "no_writing" })).toEqual(["noWriting"]);
    expect(flags({}, { exception_open: true })).toEqual(["stopped"]);
    expect(flags({}, { incidents: [{ incident_id: "i", cause: "lost", things: [] }] })).toEqual(["incident"]);
  });
});

describe("what was done here", () => {
  it("counts at once, before the centre says so", () => {
    const [first] = all([aVisit("v1", "A")], [aNote("depart", "v1", "A"), aNote("record_arrival", "v1", "A")]);
    expect(first!.state).toBe("arrived");
  });

  it("to one house changes no other", () => {
    const found = all([aVisit("v1", "A"), aVisit("v2", "B")], [aNote("record_arrival", "v1", "A")]);
    expect(found.map((one) => one.state)).toEqual(["arrived", "planned"]);
  });
});

describe("a house that is over for one of its cases", () => {
  const visits = [aVisit("v1", "A"), aVisit("v1", "B")];
  const arrived = ["A", "B"].map((id) => aNote("record_arrival", "v1", id));
  const done = aNote("finish_visit", "v1", "A", { outcome: "done" });

  it("goes on until it is over for all", () => {
    expect(all(visits, [...arrived, done])[0]!.state).toBe("arrived");
    expect(all(visits, [...arrived, done, aNote("finish_visit", "v1", "B", { outcome: "done" })])[0]!.state).toBe(
      "done",
    );
  });

  it("is partly done where one failed", () => {
    expect(all(visits, [...arrived, done, aNote("fail_visit", "v1", "B", { reason: "V01" })])[0]!.state).toBe("partly");
  });
});

describe("the round", () => {
  const visits = [
    aVisit("left", "A", { day: "2026-11-24", state: "planned" }),
    aVisit("old", "B", { day: "2026-11-24", state: "done" }),
    aVisit("done", "C", { state: "done" }),
    aVisit("failed", "D", { state: "failed" }),
    aVisit("cancelled", "E", { state: "cancelled" }),
    aVisit("next", "F", { time_window: "09:00-10:00" }),
    aVisit("then", "G", { time_window: "10:00-11:00" }),
    aVisit("tomorrow", "H", { day: "2026-11-26" }),
    aVisit("off", "I", { day: "2026-11-26", state: "cancelled" }),
  ];
  const found = round(all(visits), TODAY);
  const ids = (part: { visit_id: string }[]) => part.map((one) => one.visit_id);

  it("begins with what was left over, then today's, in order", () => {
    expect(found.next?.visit_id).toBe("left");
    expect(ids(found.rest)).toEqual(["next", "then"]);
  });

  it("tells apart what is over today, what failed, and what comes", () => {
    expect(ids(found.over).sort()).toEqual(["done", "failed"]);
    expect(ids(found.over.filter(failed))).toEqual(["failed"]);
    expect(ids(found.later)).toEqual(["tomorrow"]);
  });

  it("is over when nothing is left", () => {
    const over = round(all(visits.filter((one) => one.state === "done")), TODAY);
    expect([over.next, over.rest, over.later]).toEqual([null, [], []]);
    expect(over.over.every(ended)).toBe(true);
  });

  it("of a day without visits is empty", () => {
    expect(round([], TODAY)).toEqual({ next: null, rest: [], over: [], later: [] });
  });
});

describe("the hour", () => {
  it("is that of Việt Nam, whatever the phone's zone", () => {
    expect(localTime(Date.parse("2026-11-25T17:30:00Z"))).toBe("00:30");
    expect(localDate(Date.parse("2026-11-25T17:30:00Z"))).toBe("2026-11-26");
    expect(instant("2026-11-26", "00:30")).toBe(Date.parse("2026-11-25T17:30:00Z"));
  });
});
