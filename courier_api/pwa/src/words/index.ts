/** Words in the language the courier chose; Vietnamese first. Each folder has its own, in all languages side by side: a
 * word that is missing in one does not compile. `{name}` is filled in. */
import { signal } from "@preact/signals";
import type * as carrying from "../carrying/words.ts";
import type * as consents from "../consents/words.ts";
import * as custody from "../custody/words.ts";
import * as day from "../day/words.ts";
import * as device from "../device/words.ts";
import type * as documents from "../documents/words.ts";
import type * as eforms from "../eforms/words.ts";
import * as fees from "../fees/words.ts";
import type * as giving from "../giving/words.ts";
import type * as incidents from "../incidents/words.ts";
import type * as mandates from "../mandates/words.ts";
import type * as registering from "../registering/words.ts";
import * as scanning from "../scanning/words.ts";
import type * as shift from "../shift/words.ts";
import type * as signing from "../signing/words.ts";
import type * as slip from "../slip/words.ts";
import * as sync from "../sync/words.ts";
import * as visit from "../visit/words.ts";
import * as everywhere from "./everywhere.ts";

type Folder = { vi: Record<string, string>; en: Record<string, string> };

const AT_ONCE = { custody, day, device, everywhere, fees, scanning, sync, visit };

/** By folder: no two have the same word. */
export const FOLDERS: Record<string, Folder> = { ...AT_ONCE };

type AtOnce = typeof AT_ONCE;
type All<Each> = (Each extends unknown ? (each: Each) => void : never) extends (all: infer Every) => void
  ? Every
  : never;

/** Of pages that are loaded when they are opened: their words come with them. */
type Brought = typeof carrying.vi &
  typeof consents.vi &
  typeof documents.vi &
  typeof eforms.vi &
  typeof giving.vi &
  typeof incidents.vi &
  typeof mandates.vi &
  typeof registering.vi &
  typeof shift.vi &
  typeof signing.vi &
  typeof slip.vi;
export type Words = All<AtOnce[keyof AtOnce]["vi"]> & Brought;

const inAll = (language: "vi" | "en"): Words =>
  Object.assign({}, ...Object.values(AT_ONCE).map((folder) => folder[language])) as Words;
export const LANGUAGES = { vi: inAll("vi"), en: inAll("en") };

/** Said by a folder whose words are loaded with its pages. */
export function bring(name: string, folder: Folder): void {
  FOLDERS[name] = folder;
  Object.assign(LANGUAGES.vi, folder.vi);
  Object.assign(LANGUAGES.en, folder.en);
}

export type Language = keyof typeof LANGUAGES;

export const language = signal<Language>(localStorage.getItem("language") === "en" ? "en" : "vi");

export function choose(next: Language): void {
  language.value = next;
  localStorage.setItem("language", next);
  document.documentElement.lang = next;
}

export function say(word: keyof Words, filled: Record<string, string | number> = {}): string {
  return LANGUAGES[language.value][word].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(filled[name] ?? ""));
}

/** 21.000 */
export const grouped = (amount: number): string => String(amount).replaceAll(/\B(?=(\d{3})+$)/g, ".");

/** 21.000 đ */
export const dong = (amount: number): string => `${grouped(amount)} đ`;

/** 23/11/2026 */
export const written = (day: string): string => day.split("-").reverse().join("/");
