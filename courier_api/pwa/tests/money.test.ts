/** Codes of a transfer: known texts of NAPAS, and the picture of one. */
import { expect, it } from "vitest";
import { drawn } from "../src/fees/picture.ts";
import { reference } from "../src/fees/reference.ts";
import { crc, encoded } from "../src/fees/vietqr.ts";
import { bare } from "../src/words/text.ts";

it("the check sum is CRC-16/CCITT-FALSE", () => {
  expect(crc("123456789")).toBe("29B1");
});

it("names go in without tone marks", () => {
  expect(bare("Bưu điện Đồng Tháp")).toBe("Buu dien Dong Thap");
});

it("a number that no block has is no reference", () => {
  for (const number of [0, -1, 1.5, 23 ** 7]) expect(() => reference(number), String(number)).toThrow();
});

it("what a bank's application could not read is never shown", () => {
  const asked = { bin: "970436", account: "1", amount: 1, name: "A", reference: "DT4A6C7D9E" };
  expect(() => encoded({ ...asked, account: "một" })).toThrow();
  expect(() => encoded({ ...asked, name: "A".repeat(100) })).toThrow();
});

it("the picture is a square with its quiet zone", () => {
  const { size, path } = drawn("0002010102");
  expect(size).toBe(21 + 8);
  expect(path).toMatch(/^M4 4h1v1h-1z/);
});
