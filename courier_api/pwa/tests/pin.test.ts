/** PINs that others guess first are not taken. */
import { expect, it } from "vitest";
import { DIGITS, isEasy } from "../src/device/pin.ts";

it("a PIN is six digits and nothing else", () => {
  for (const pin of ["380172", "000001"]) expect(DIGITS.test(pin)).toBe(true);
  for (const pin of ["", "38017", "3801722", "38017a", " 380172", "380172\n", "٣٨٠١٧٢", "-38017"])
    expect(DIGITS.test(pin)).toBe(false);
});

it("one digit six times is easy", () => {
  for (let digit = 0; digit < 10; digit++) expect(isEasy(String(digit).repeat(6))).toBe(true);
});

it("a run up or down is easy, also around the end", () => {
  for (const pin of ["123456", "654321", "012345", "567890", "098765", "246802", "135791"])
    expect(isEasy(pin)).toBe(true);
});

it("two or three digits again and again are easy", () => {
  for (const pin of ["121212", "909090", "123123", "801801"]) expect(isEasy(pin)).toBe(true);
});

it("any other is taken", () => {
  for (const pin of ["380172", "112234", "121213", "123457", "808018", "199026"]) expect(isEasy(pin)).toBe(false);
});

it("of a million, all but about one thousand are taken", () => {
  let easy = 0;
  for (let pin = 0; pin < 1_000_000; pin++) if (isEasy(String(pin).padStart(6, "0"))) easy += 1;
  expect(easy).toBe(1170);
});
