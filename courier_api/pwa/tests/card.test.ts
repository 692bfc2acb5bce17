/** The code on an identity card: made-up people only. Whatever else a camera may read is refused. */
import { describe, expect, it } from "vitest";
import { agrees, bornOn, readCard, whose } from "../src/scanning/card.ts";

const THU = "082096012345|341234567|Nguyễn Văn Thử|15011996|Nam|Ấp 1, Mỹ Long, Cao Lãnh, Đồng Tháp|20042021";
const MAU = "087305012345||Trần Thị Mẫu|02092005|Nữ|Khóm 2, An Bình B, Hồng Ngự, Đồng Tháp|01102022";
const card = (change: Partial<Record<number, string>>) =>
  MAU.split("|")
    .map((field, place) => change[place] ?? field)
    .join("|");

describe("a card", () => {
  it("says who somebody is", () => {
    expect(readCard(THU)).toEqual({
      number: "082096012345",
      old: "341234567",
      name: "Nguyễn Văn Thử",
      born: "1996-01-15",
      address: "Ấp 1, Mỹ Long, Cao Lãnh, Đồng Tháp",
    });
    expect(readCard(MAU)).toMatchObject({
      number: "087305012345",
      old: null,
      name: "Trần Thị Mẫu",
      born: "2005-09-02",
    });
  });

  it("is read though a reader made other signs of the bars, or the letters are written in parts", () => {
    expect(readCard(THU.replaceAll("|", "\x1d"))).toEqual(readCard(THU));
    expect(readCard(THU.replaceAll("|", "<GS>"))).toEqual(readCard(THU));
    expect(readCard(THU.normalize("NFD"))).toEqual(readCard(THU));
  });

  it("may have more fields, as newer ones do", () => {
    expect(readCard(`${MAU}|Trần Văn A|Lê Thị B||`)).toEqual(readCard(MAU));
  });

  it("may know only the year", () => {
    expect(readCard("087150000123||Lê Thị Tư|1950|Nữ|Ấp 3|01102022")?.born).toBe("1950");
    expect(readCard("087150000123||Lê Thị Tư|00001950|Nữ|Ấp 3|01102022")?.born).toBe("1950");
  });
});

describe("what is no card", () => {
  const others: [string, string][] = [
    ["nothing", ""],
    ["a label", "E*2Z4VE*2TEVFKQTSV.U0Y+EQPP/FV8*LS5LQ80D"],
    ["an insurance card", "DN4870123456789|4e677579e1bb856e|15/01/1996|1|c4906f6e67|82-001|01/01/2021|-|01/01/2021|"],
    ["a number too short", card({ 0: "08730501234" })],
    ["letters for a number", card({ 0: "08730501234O" })],
    ["a number of another year", card({ 3: "02092006" })],
    ["a number of another century", card({ 0: "087105012345" })],
    ["a number of the other sex", card({ 4: "Nam" })],
    ["no sex that there is", card({ 4: "x" })],
    ["a day that is none", card({ 3: "31022005" })],
    ["no name", card({ 2: "" })],
    ["a page for a name", card({ 2: "<img src=x onerror=alert(1)>" })],
    ["a name that is turned round", card({ 2: "Trần \u202eThị Mẫu" })],
    ["a name with what nobody sees", card({ 2: "Trần\u200b Thị Mẫu" })],
    ["an address without an end", card({ 5: "a".repeat(401) })],
    ["a text without an end", `${MAU}|${"x".repeat(2000)}`],
    ["too few fields", MAU.split("|").slice(0, 6).join("|")],
    ["half a letter", card({ 2: "Trần \ud800 Mẫu" })],
  ];
  it.each(others)("%s", (_, text) => {
    expect(readCard(text)).toBeNull();
  });

  it("takes no time, however long it is", () => {
    const began = performance.now();
    for (const text of ["|".repeat(1e6), "<GS>".repeat(1e5), " ".repeat(1e6)]) expect(readCard(text)).toBeNull();
    expect(performance.now() - began).toBeLessThan(500);
  });
});

it("a day of birth is read however people write it", () => {
  for (const text of ["02092005", "02/09/2005", "02-09-2005", "02.09.2005", "02 09 2005"])
    expect(bornOn(text), text).toBe("2005-09-02");
  for (const text of ["29022005", "2/9/2005", "1869", "20050902", "", "abc"]) expect(bornOn(text), text).toBeNull();
});

it("a card agrees by name and birth, by the year where that is all there is, by the name where nobody knows more", () => {
  const mau = readCard(MAU)!;
  expect(agrees(mau, { name: "TRẦN THỊ MẪU", born: "2005-09-02" })).toBe("yes");
  expect(agrees(mau, { name: "Trần Thị Mẫu", born: "2005" })).toBe("yes");
  expect(agrees(mau, { name: "Trần Thị Mẫu", born: null })).toBe("name");
  expect(agrees(mau, { name: "Trần Thị Mẫu", born: "2005-09-03" })).toBe("no");
  expect(agrees(mau, { name: "Trần Thị Mậu Thìn", born: "2005-09-02" })).toBe("no");
});

it("of two of one name, it is the card of the one whose birth agrees", () => {
  const mau = readCard(MAU)!;
  const mother = { name: "Trần Thị Mẫu", born: "1980-01-01" };
  const unknown = { name: "Trần Thị Mẫu", born: null };
  const self = { name: "Trần Thị Mẫu", born: "2005-09-02" };
  expect(whose(mau, [mother, unknown, self])).toBe(self);
  expect(whose(mau, [mother, unknown])).toBe(unknown);
  expect(whose(mau, [mother])).toBeUndefined();
});
