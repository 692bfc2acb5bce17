/** What is filled in of one registration, and what is still wrong with it. Its ids are made with it, so that it is the same
 * registration however often it is sent. Pure. */

import { newId } from "../acts/ids.ts";
import type { components } from "../api";
import { bornOn, type Card, fitsYear } from "../scanning/card.ts";
import { clean } from "../words/text.ts";
import type { Quantities } from "./quoting.ts";

export type Relation = components["schemas"]["Relation"];
export const OTHERS = [
  "parent",
  "spouse",
  "child",
  "sibling",
  "grandparent",
  "relative",
  "representative",
  "anyone",
] as const satisfies readonly Relation[];

export interface Who {
  name: string;
  /** As typed: a day or a year. */
  born: string;
  number: string;
  /** Number of the CMND before it, as the card says. */
  old: string | null;
}

export type Step = "procedure" | "who" | "cost";

export interface Draft {
  step: Step;
  case_id: string;
  registration_id: string;
  visit_id: string;
  filer_id: string;
  procedure: string;
  owner: Who;
  /** Somebody else files. */
  another: boolean;
  filer: Who;
  relation: string;
  phone: string;
  hamlet: string;
  landmark: string;
  address: string;
  commune: string;
  /** Chosen by hand; else the one of the commune. */
  competent: string;
  counts: Quantities;
  /** When the citizen wants to be served, where that is not now. */
  wish: string;
}

const nobody = (): Who => ({ name: "", born: "", number: "", old: null });

export const aNewDraft = (): Draft => ({
  step: "procedure",
  case_id: newId(),
  registration_id: newId(),
  visit_id: newId(),
  filer_id: newId(),
  procedure: "",
  owner: nobody(),
  another: false,
  filer: nobody(),
  relation: "",
  phone: "",
  hamlet: "",
  landmark: "",
  address: "",
  commune: "",
  competent: "",
  counts: {},
  wish: "",
});

/** dd/mm/yyyy, or the year. */
export const asTyped = (born: string): string => born.split("-").reverse().join("/");

export const ofCard = (card: Card): Who => ({
  name: card.name,
  born: asTyped(card.born),
  number: card.number,
  old: card.old,
});

export type Wrong =
  | "nameMissing"
  | "bornWrong"
  | "numberWrong"
  | "numberUnlikeBirth"
  | "phoneWrong"
  | "relationMissing"
  | "placeMissing";

const PHONE = /^[+0-9][0-9 ]{2,18}$/;

/** The first thing that is wrong, and with whom, where it is with a person; null when nothing is. */
export function wrongIn(draft: Draft): { wrong: Wrong; of: "owner" | "filer" | null } | null {
  const owner = wrongWith(draft.owner);
  if (owner) return { wrong: owner, of: "owner" };
  const filer = draft.another ? (wrongWith(draft.filer) ?? (draft.relation === "" ? "relationMissing" : null)) : null;
  if (filer) return { wrong: filer, of: "filer" };
  if (!isPhone(draft.phone)) return { wrong: "phoneWrong", of: null };
  const placed = [draft.hamlet, draft.landmark, draft.address].some((one) => clean(one) !== "");
  return placed ? null : { wrong: "placeMissing", of: null };
}

/** Nothing, or one that the centre takes. */
export const isPhone = (text: string): boolean => clean(text) === "" || PHONE.test(plainPhone(text));

export function wrongWith(who: Who): Exclude<Wrong, "phoneWrong" | "relationMissing" | "placeMissing"> | null {
  const number = digits(who.number);
  const born = clean(who.born);
  if (clean(who.name).length < 2) return "nameMissing";
  if (born !== "" && bornOn(born) === null) return "bornWrong";
  if (number !== "" && !/^(\d{9}|\d{12})$/.test(number)) return "numberWrong";
  return number.length === 12 && born !== "" && !fitsYear(number, bornOn(born)!) ? "numberUnlikeBirth" : null;
}

export const digits = (text: string): string => clean(text).replaceAll(/[\s.-]/g, "");

/** Digits of a CMND. */
export const OLD_NUMBER = 9;

/** Somebody as the personal part of an act names them: a number of 9 digits is one of a CMND. */
export function named(who: Who) {
  const number = digits(who.number);
  return {
    name: clean(who.name),
    ...(number.length === OLD_NUMBER ? { old_number: number } : said({ number, old_number: who.old })),
    ...said({ born: bornOn(clean(who.born)) }),
  };
}

/** As people write it, with dots and dashes, in the one way it is kept. */
export const plainPhone = (text: string): string =>
  clean(text)
    .replaceAll(/[.()-]/g, " ")
    .replaceAll(/ +/g, " ")
    .trim();

/** What is left out where nobody said it: the centre takes no empty texts. */
export function said<Values extends Record<string, unknown>>(values: Values): Partial<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== "" && value !== null && value !== undefined),
  ) as Partial<Values>;
}
