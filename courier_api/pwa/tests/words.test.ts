/** Words: the same things said in every language, none of them the machine's own. */
import { expect, it } from "vitest";
import "../src/carrying/words.ts";
import "../src/consents/words.ts";
import "../src/documents/words.ts";
import "../src/eforms/words.ts";
import "../src/giving/words.ts";
import "../src/incidents/words.ts";
import "../src/mandates/words.ts";
import "../src/registering/words.ts";
import "../src/shift/words.ts";
import "../src/signing/words.ts";
import "../src/slip/words.ts";
import { choose, dong, FOLDERS, LANGUAGES, say, written } from "../src/words/index.ts";

const { vi } = LANGUAGES;
const KEYS = Object.keys(vi);
const filled = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort();

it("every language says every word", () => {
  for (const [language, words] of Object.entries(LANGUAGES)) {
    expect(Object.keys(words).sort(), language).toEqual([...KEYS].sort());
    for (const [word, text] of Object.entries(words)) expect(text.trim(), `${language} ${word}`).not.toBe("");
  }
});

it("no two folders have the same word", () => {
  const all = Object.values(FOLDERS).flatMap((words) => Object.keys(words.vi));
  expect(all.filter((word, place) => all.indexOf(word) !== place)).toEqual([]);
  expect(all.sort()).toEqual([...KEYS].sort());
});

it("every word is filled with the same values in every language", () => {
  for (const word of KEYS)
    for (const [language, words] of Object.entries(LANGUAGES))
      expect(filled(words[word as keyof typeof vi]), `${language} ${word}`).toEqual(
        filled(vi[word as keyof typeof vi]),
      );
});

it("no brace is left over", () => {
  for (const [language, words] of Object.entries(LANGUAGES))
    for (const [word, text] of Object.entries(words))
      expect(text.replaceAll(/\{[a-z_]+\}/g, ""), `${language} ${word}`).not.toMatch(/[{}]/);
});

it("no word is the machine's own", () => {
  const machine = /lỗi hệ thống|system error|null|undefined|NaN|invalid|time-?out|\bsync|outbox|exception|\berror\b/i;
  for (const [language, words] of Object.entries(LANGUAGES))
    for (const [word, text] of Object.entries(words)) expect(text, `${language} ${word}`).not.toMatch(machine);
});

it("Vietnamese is written in one way: composed, without spaces at the ends", () => {
  for (const [word, text] of Object.entries(vi)) {
    expect(text.normalize("NFC"), word).toBe(text);
    expect(text.trim(), word).toBe(text);
  }
});

it("is said in the language chosen, with what is filled in", () => {
  expect(say("savedHere", { n: 3 })).toBe("Đã lưu trên máy 3");
  choose("en");
  expect(say("savedHere", { n: 3 })).toBe("Saved on this phone 3");
  expect(document.documentElement.lang).toBe("en");
  expect(localStorage.getItem("language")).toBe("en");
  choose("vi");
});

it("what is filled in is not filled again", () => {
  expect(say("onlyWhen", { when: "{n} $& $1" })).toBe("Chỉ khi: {n} $& $1");
});

it("money and days are written as people write them", () => {
  expect([0, 8000, 21_000, 1_234_567].map(dong)).toEqual(["0 đ", "8.000 đ", "21.000 đ", "1.234.567 đ"]);
  expect(written("2026-11-23")).toBe("23/11/2026");
});
