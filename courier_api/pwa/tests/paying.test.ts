/** Money at a door: a house pays once, numbers are given out once, and what was shown is what is asked. */
import { beforeEach, expect, it } from "vitest";
import type { Bill } from "../src/fees/paying.ts";
import { learned } from "../src/sync/day.ts";
import { view } from "../src/visit/view.ts";
import { aCase, aDay, aNote, aVisit } from "./days.ts";
import { aNewPhone, Centre, enrolled, started } from "./phone.ts";

type State = typeof import("../src/state.ts");
type Paying = typeof import("../src/fees/paying.ts");

let state: State;
let paying: Paying;
let waiting: () => Promise<unknown[]>;

const charge = (charge_id: string, amount: number, change: object = {}) => ({
  charge_id,
  line: "le_phi",
  amount,
  due_at: "reception",
  state: "due",
  ...change,
});
const day = (change: Parameters<typeof aDay>[0] = {}) =>
  aDay({
    full: true,
    slip_blocks: [
      { first_number: 900, last_number: 1000 },
      { first_number: 11, last_number: 12 },
    ],
    reference_blocks: [{ first_number: 5, last_number: 5 }],
    ...change,
  });
const bill = (case_id: string, amount: number): Bill => ({ case_id, owed: [charge(`${case_id}1`, amount)] });
const payee = {
  account_id: "account",
  bank_bin: "970436",
  account: "1",
  holder: "A",
  valid_from: null,
  valid_until: null,
};

beforeEach(async () => {
  aNewPhone();
  const centre = await Centre.begin();
  centre.day = day();
  const app = await started();
  await enrolled(app);
  state = await import("../src/state.ts");
  paying = await import("../src/fees/paying.ts");
  state.told.value = learned(null, day(), new Set());
  waiting = () => app.outbox.everything();
});

const bodies = (kind: string) => state.notes.value.filter((note) => note.kind === kind).map((note) => note.body);

it("a house pays once: a slip for each case, one order, the change on the first", async () => {
  expect(await paying.collect("v1", [bill("A", 26_000), bill("B", 46_000)], 100_000)).toBe(true);
  const [first, second] = bodies("collect");
  expect([first!.slip_number, second!.slip_number]).toEqual([11, 12]);
  expect([first!.tendered, first!.change, second!.tendered, second!.change]).toEqual([54_000, 28_000, 46_000, 0]);
  expect(first!.order).toEqual(second!.order);
  expect(first!.order).toMatchObject({ total: 72_000 });
});

it("one case alone is no order of a house", async () => {
  await paying.collect("v1", [bill("A", 8000)], 8000);
  expect(bodies("collect")[0]).toMatchObject({ slip_number: 11, total: 8000, tendered: 8000, change: 0 });
  expect(bodies("collect")[0]).not.toHaveProperty("order");
});

it("a number is given out once; the next block begins where the first ends", async () => {
  for (const _ of [1, 2, 3]) await paying.collect("v1", [bill("A", 8000)], 8000);
  expect(bodies("collect").map((body) => body.slip_number)).toEqual([11, 12, 900]);
});

it("with fewer numbers than cases nothing at all is taken", async () => {
  state.told.value = learned(null, day({ slip_blocks: [{ first_number: 7, last_number: 7 }] }), new Set());
  expect(await paying.collect("v1", [bill("A", 1), bill("B", 1)], 2)).toBe(false);
  expect([bodies("collect"), await waiting()]).toEqual([[], []]);
  expect(await paying.collect("v1", [bill("A", 1)], 1)).toBe(true);
});

it("one reference for all of a house, and it is shown once", async () => {
  expect(await paying.askForTransfer("v1", [bill("A", 26_000), bill("B", 46_000)], payee)).toBe(true);
  const [first, second] = bodies("show_payment_code");
  expect(first!.reference).toBe(second!.reference);
  expect(first!.payment_id).not.toBe(second!.payment_id);
  expect([first!.total, second!.total]).toEqual([26_000, 46_000]);
  expect(await paying.askForTransfer("v1", [bill("A", 26_000)], payee)).toBe(false);
});

it("a transfer is waited for, said to be sent, credited: as the phone did and then as the centre says", () => {
  const shown = aNote("show_payment_code", "v1", "A", {
    payment_id: "pay",
    reference: "DT",
    total: 8000,
    account_id: "account",
    lines: [{ charge_id: "c1" }],
  });
  const said = { ...aNote("record_transfer_said", "v1", "A", { payment_id: "pay" }), body: { payment_id: "pay" } };
  const at = (state: string | null, notes = [shown]) => {
    const payments = state
      ? [{ payment_id: "pay", reference: "DT", total: 8000, order_total: null, received: 0, state }]
      : [];
    const known = learned(null, aDay({ full: true, cases: [aCase("A", { payments })] }), new Set());
    known.cases.A ??= aCase("A", { payments });
    return view(known, aVisit("v1", "A"), notes).transfer?.state ?? null;
  };
  expect(at(null)).toBe("waiting_transfer");
  expect(at(null, [shown, said])).toBe("said_sent");
  expect(at("credited", [shown, said])).toBe("credited");
  expect(at("lapsed")).toBe(null);
  expect(at("waiting_transfer", [])).toBe("waiting_transfer");
});

it("what stayed unpaid at reception is asked for with the result, not before", () => {
  const cases = [aCase("A", { charges: [charge("c1", 8000, { state: "unpaid" })] })];
  const visits = [aVisit("v1", "A")];
  const known = learned(null, aDay({ full: true, cases, visits }), new Set());
  expect(view(known, aVisit("v1", "A"), []).owed).toEqual([]);
  expect(view(known, aVisit("v1", "A", { purpose: "deliver" }), []).owed.map((line) => line.charge_id)).toEqual(["c1"]);
});
