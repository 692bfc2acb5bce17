/** Ready for a day without a network: the list alone is not enough. */
import { beforeEach, expect, it } from "vitest";
import { appKept, ready } from "../src/day/ready.ts";
import { catalogue, forms, offices, told } from "../src/state.ts";
import { learned } from "../src/sync/day.ts";
import { aDay } from "./days.ts";

const known = (catalogue: string | null) => learned(null, aDay({ full: true, catalogue }), new Set());

beforeEach(() => {
  told.value = known("c");
  catalogue.value = { versions: [] } as never;
  forms.value = { format: 1, forms: [] };
  offices.value = {} as never;
  appKept.value = true;
});

it("is a phone that has the list, what it names, the offices and the app itself", () => {
  expect(ready.value).toBe(true);
});

it.each([
  ["the list", told],
  ["the catalogue", catalogue],
  ["the forms", forms],
  ["the offices", offices],
])("is none without %s", (_, part) => {
  part.value = null;
  expect(ready.value).toBe(false);
});

it("is none before the app is kept", () => {
  appKept.value = false;
  expect(ready.value).toBe(false);
});

it("waits for no catalogue where the centre has none", () => {
  told.value = known(null);
  catalogue.value = null;
  expect(ready.value).toBe(true);
});
