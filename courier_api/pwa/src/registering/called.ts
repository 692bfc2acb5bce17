/** What things of the catalogue are called, in the language chosen. */
import { language } from "../words/index.ts";

export const called = (named: { name: string; name_en?: string | null }): string =>
  language.value === "en" ? (named.name_en ?? named.name) : named.name;
