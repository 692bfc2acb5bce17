/** A double tap: its second half never presses what came under the finger meanwhile. */
import { expect, it } from "vitest";
import { isStray, type Tap } from "../src/parts/twice.ts";
import type { Where } from "../src/where.ts";

const HERE: Where = { at: "today" };
const THERE: Where = { at: "today" };
const tap = (pressed: string | null, page: Where = HERE): Tap => ({ pressed, page });

it("adds two where two is meant", () => {
  expect(isStray(tap("+1"), tap("+1"), 2)).toBe(false);
  expect(isStray(tap("+1"), tap("+1"), 3)).toBe(false);
});

it("does not press another button that stands there now, nor what was nothing before", () => {
  expect(isStray(tap("register"), tap("back"), 2)).toBe(true);
  expect(isStray(tap(null), tap("back"), 2)).toBe(true);
});

it("does not press the same place of another page, also where both are of one kind", () => {
  expect(isStray(tap("next"), tap("next", THERE), 2)).toBe(true);
});

it("leaves alone what is no double tap, and keys", () => {
  expect(isStray(tap("one"), tap("other"), 1)).toBe(false);
  expect(isStray(tap("one"), tap("other"), 0)).toBe(false);
  expect(isStray(null, tap("one"), 2)).toBe(false);
});
