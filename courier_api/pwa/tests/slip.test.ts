/** What the citizen keeps: counted, in figures and words, and nothing of it promised. */
import { afterEach, expect, it, vi } from "vitest";
import type { Noted } from "../src/acts/record.ts";
import { cardAddress, itemNumber, setNumber } from "../src/scanning/item.ts";
import { wrapped } from "../src/slip/picture.ts";
import { send } from "../src/slip/sending.ts";
import { type Known, lines, sheetOf } from "../src/slip/sheet.ts";
import { learned } from "../src/sync/day.ts";
import { view } from "../src/visit/view.ts";
import { inWords, MOST } from "../src/words/amounts.ts";
import { aCase, aDay, aNote, aVisit, given } from "./days.ts";

it("amounts are said as on every other paper of the house", () => {
  const said: [number, string][] = [
    [0, "Không đồng"],
    [5, "Năm đồng"],
    [8000, "Tám nghìn đồng"],
    [21_000, "Hai mươi mốt nghìn đồng"],
    [15_000, "Mười lăm nghìn đồng"],
    [11_000, "Mười một nghìn đồng"],
    [105_000, "Một trăm lẻ năm nghìn đồng"],
    [1_000_005, "Một triệu không trăm lẻ năm đồng"],
    [1_024_500, "Một triệu không trăm hai mươi bốn nghìn năm trăm đồng"],
    [2_000_000_000, "Hai tỷ đồng"],
  ];
  for (const [amount, words] of said) expect(inWords(amount)).toBe(words);
  for (const amount of [-1, 0.5, MOST + 1]) expect(() => inWords(amount)).toThrow();
});

it("a label tells the number of its set, and that the number of the parcel", () => {
  const ID = new Uint8Array([0xde, 0xad, 0xbe, 0xef, 0xde, 0xad, 0xbe, 0xef ^ 7]);
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  let text = "";
  for (let at = 0; at < 8; at += 2) {
    const value = ID[at]! * 256 + ID[at + 1]!;
    text += letters[value % 45]! + letters[Math.floor(value / 45) % 45]! + letters[Math.floor(value / 2025)]!;
  }
  expect(setNumber(text)).toBe(7);
  expect(setNumber("no label")).toBeNull();
  expect(itemNumber(47_312_482), "S10-12, annex: AA 47312482 9").toBe("TN473124829VN");
  expect(itemNumber(100_000_000)).toBeNull();
});

it("only the code of a citizen's card leads to a page", () => {
  const token = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  expect(cardAddress(`https://tannha.example/t/${token}`)).toBe(`https://tannha.example/t/${token}`);
  for (const text of [token, `https://tannha.example/t/${token}?x`, `javascript://x/t/${token}`, "https://a/t/AB"])
    expect(cardAddress(text), text).toBeNull();
});

const known: Known = {
  post: "Bưu điện xã Mỹ Hiệp",
  courier: "Nguyễn Thị Lan",
  badge: "DT-000001",
  procedure: "Đăng ký khai tử",
  paper: (component) => component,
  fee: (code) => code,
  time: { kind: "working_days", count: 3, longer: null, longer_when: null, cut_off: null },
};

function shown(notes: Noted[], change: Partial<ReturnType<typeof aVisit>> = {}, more: Partial<Known> = {}) {
  const charges = [{ charge_id: "f", line: "le_phi", amount: 8000, due_at: "reception", state: "due" }];
  const day = learned(
    null,
    aDay({ full: true, cases: [aCase("A", { charges })], visits: [aVisit("v", "A", change)] }),
    new Set(),
  );
  const part = day.visits[0]!;
  const sheet = sheetOf({ part, one: day.cases.A, forms: [], view: view(day, part, notes) }, notes, {
    ...known,
    ...more,
  });
  return sheet && lines(sheet);
}

const AT = Date.parse("2026-11-25T02:05:00Z");
const sheet = (id: string, change: object) => ({
  id,
  component: id,
  condition: "intact",
  originals: 0,
  copies: 0,
  ...change,
});
const taken = {
  ...aNote("take_papers", "v", "A", {
    papers: [
      sheet("to_khai", { form: "original", originals: 1, condition: "torn" }),
      sheet("giay_bao_tu", { form: "certified_copy", copies: 2 }),
    ],
  }),
  at: AT,
};
const paid = aNote("collect", "v", "A", { slip_number: 41, total: 8000, lines: [{ charge_id: "f", amount: 8000 }] });

it("says what was taken, counted and looked at, and what was paid, in figures and in words", () => {
  const said = shown([taken, paid])!;
  expect(said).toContain("PHIẾU GỬI HỒ SƠ");
  expect(said).toContain("Lúc: 09:05, 25/11/2026");
  expect(said).toContain("Bưu tá: Nguyễn Thị Lan, số hiệu DT-000001");
  expect(said).toContain("1. to_khai: 1 bản chính, rách");
  expect(said).toContain("2. giay_bao_tu: 2 bản sao chứng thực, nguyên vẹn");
  expect(said).toContain("PHIẾU THU số 41");
  expect(said).toContain("Cộng: 8.000 đồng (Tám nghìn đồng)");
  expect(said.join(" ")).toContain("Không phải biên lai");
});

it("promises no day: a length, and that it is expected", () => {
  const said = shown([taken])!;
  expect(said).toContain("Dự kiến: 3 ngày làm việc từ khi cơ quan nhận đủ hồ sơ.");
  expect(said).toContain("Trước khi có giấy hẹn của cơ quan, mọi ngày trả kết quả chỉ là dự kiến.");
  const days = said.join("\n").match(/\d{1,2}\/\d{1,2}(\/\d{4})?/g);
  expect(days, "the only day is that of the visit").toEqual(["25/11/2026"]);
  expect(shown([taken], {}, { time: null })!.filter((line) => line.startsWith("Dự kiến"))).toEqual([]);
});

it("says what is still owed and where to ask", () => {
  const said = shown([taken])!.join("\n");
  expect(said).toContain("Đã thu tiền mặt: 0 đồng.");
  expect(said).toContain("Chưa nộp: 8.000 đồng.");
  expect(said).toContain("0277 1022");
});

it("says what the citizen was given, only once it was", () => {
  const result = { purpose: "deliver", give: [given("r")] };
  expect(shown([], result)).toBeNull();
  const said = shown([aNote("hand_over_result", "v", "A", { paper_ids: ["r"] })], result)!;
  expect(said).toContain("Ông/bà đã nhận:");
  expect(said).toContain("Kết quả giải quyết: 1 bản chính");
  expect(said.join("\n")).not.toContain("giấy hẹn");
});

it("lines of the picture break between words", () => {
  const measure = (text: string) => text.length;
  expect(wrapped("một hai ba bốn", 7, measure)).toEqual(["một hai", "ba bốn"]);
  expect(wrapped("mộtthậtlàdài hai", 5, measure)).toEqual(["mộtthậtlàdài", "hai"]);
  expect(wrapped("", 5, measure)).toEqual([""]);
});

const drawn = async () => new Blob(["x"], { type: "image/png" });

afterEach(() => {
  for (const name of ["canShare", "share", "clipboard"]) Reflect.deleteProperty(navigator, name);
});

const offers = (name: string, value: unknown) =>
  Object.defineProperty(navigator, name, { value, configurable: true, writable: true });

it("goes as a picture, without a name of anybody; else as text; else it is copied", async () => {
  const share = vi.fn(async (_: ShareData) => undefined);
  offers("share", share);
  offers("canShare", () => true);
  expect(await send("phiếu", drawn)).toBe("shared");
  expect(share.mock.calls[0]![0].files![0]!.name).toBe("phieu.png");
  offers("canShare", () => false);
  expect(await send("phiếu", drawn)).toBe("shared");
  expect(share.mock.calls[1]![0]).toEqual({ text: "phiếu" });
  Reflect.deleteProperty(navigator, "share");
  const writeText = vi.fn(async () => undefined);
  offers("clipboard", { writeText });
  expect(await send("phiếu", drawn)).toBe("copied");
  expect(writeText).toHaveBeenCalledWith("phiếu");
});

it("put away, it went nowhere", async () => {
  offers("canShare", () => true);
  offers("share", () => Promise.reject(new DOMException("put away", "AbortError")));
  expect(await send("phiếu", drawn)).toBe("nothing");
});
