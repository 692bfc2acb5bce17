/** What one press does is kept whole: cut off before its last act, nothing of it is there, and the draft still is. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Shift } from "../src/shift/own.ts";
import { learned } from "../src/sync/day.ts";
import { aCase, aDay, aVisit } from "./days.ts";
import { type App, aNewPhone, Centre, enrolled, HOUR, MORNING, PIN, started } from "./phone.ts";

const DRAFTED = "the step";
const NOTICE = { notice: "n", version: "1", sha256: "00", vi: "", en: "" };
const SHIFT: Shift = {
  shift_id: "shift",
  unit_id: "post",
  day: "2026-11-25",
  state: "open",
  counted: null,
  difference: null,
};
const COUNT = { counted: 5, reason: null, sets_left: [3], sets_gone: { numbers: [1, 2], why: "torn" as const } };
const PAPER = { component: "to_khai", form: "original", originals: 1, copies: 0, condition: "intact" };
const THING = { case_id: "A", giver: { kind: "unit" as const, id: "post" }, offer_id: null };

/** Each press: what it does, and the acts that belong together. */
const presses: Record<string, [kinds: string[], press: () => Promise<unknown>]> = {
  "Giấy tờ nhận": [
    ["see_original", "see_original", "take_papers"],
    async () => {
      const { takePapers } = await import("../src/visit/doing.ts");
      await takePapers("v1", "A", [PAPER], ["cccd", "giay_khai_sinh"], await drafts());
    },
  ],
  "Kiểm tra giấy tờ tùy thân, of a house": [
    ["check_identity", "check_identity"],
    async () => {
      const { checkIdentity } = await import("../src/visit/doing.ts");
      const as = (case_id: string) => ({ case_id, party: "owner", party_id: `${case_id} owner` });
      await checkIdentity("v1", [as("A"), as("B")], "card_seen");
    },
  ],
  "Thông báo xử lý dữ liệu, to a house": [
    ["show_notice", "show_notice"],
    async () => (await import("../src/visit/doing.ts")).showNotice("v1", ["A", "B"], "read"),
  ],
  "Đầu ca": [
    ["begin_shift", "accept_jobs"],
    async () => (await import("../src/shift/doing.ts")).begin(200_000, await drafts()),
  ],
  "Chốt ca, with sets torn": [
    ["void_label_sets", "close_shift"],
    async () => (await import("../src/shift/doing.ts")).close(SHIFT, COUNT, await drafts()),
  ],
  "Tạm chốt, with sets torn": [
    ["void_label_sets", "close_shift_provisionally"],
    async () => (await import("../src/shift/doing.ts")).closeProvisionally(SHIFT, 0, COUNT, await drafts()),
  ],
  "Giao nhận ở bưu cục": [
    ["receive", "receive"],
    async () => {
      const { receive } = await import("../src/custody/doing.ts");
      const things = ["P1", "P2"].map((parcel_id) => ({ ...THING, parcel_id }));
      await receive(things as unknown as Parameters<typeof receive>[0], {}, await drafts());
    },
  ],
};

const drafts = async () => (await import("../src/parts/draft.ts")).madeFrom(DRAFTED);

let app: App;
let shelf: string;

beforeEach(async () => {
  vi.restoreAllMocks();
  aNewPhone();
  const day = aDay({
    full: true,
    notices: [NOTICE],
    cases: [aCase("A"), aCase("B")],
    visits: [aVisit("v1", "A"), aVisit("v1", "B")],
  });
  (await Centre.begin()).day = day;
  app = await started();
  await enrolled(app);
  await app.lease.begin(PIN, MORNING + HOUR);
  (await import("../src/state.ts")).told.value = learned(null, day, new Set());
  shelf = (await drafts()).forgets[0]!;
  await app.lease.put(shelf, "half filled in");
});

/** The phone goes off while the act of that number is signed. */
function goesOffAt(act: number): void {
  const sign = crypto.subtle.sign.bind(crypto.subtle);
  let signed = 0;
  vi.spyOn(crypto.subtle, "sign").mockImplementation((...asked) => {
    signed += 1;
    return signed < act ? sign(...asked) : Promise.reject(new Error("off"));
  });
}

const keptActs = async () => (await app.outbox.everything()).map((one) => one.kind);

describe.each(Object.entries(presses))("%s", (_, [kinds, press]) => {
  it("cut off before its last act leaves nothing, and the draft", async () => {
    goesOffAt(kinds.length);
    await expect(press()).rejects.toThrow("off");
    expect(await keptActs()).toEqual([]);
    expect(await app.lease.get(shelf)).toBe("half filled in");
  });

  it("is kept whole", async () => {
    await press();
    expect(await keptActs()).toEqual(kinds);
  });
});

it("a draft is gone in the instant its act is there", async () => {
  await presses["Giấy tờ nhận"]![1]();
  expect(await app.lease.get(shelf)).toBeUndefined();
});

it("what was touched just before the press does not come back at the next one", async () => {
  const slow = new Promise((done) => setTimeout(done, 500));
  const touch = navigator.locks.request(shelf, () => slow.then(() => app.lease.put(shelf, "the last touch")));
  await Promise.all([touch, presses["Giấy tờ nhận"]![1]()]);
  expect(await app.lease.get(shelf)).toBeUndefined();
});
