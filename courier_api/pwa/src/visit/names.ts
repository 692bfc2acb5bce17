/** What things of a case are called: as the catalogue of its day says, else by their code. */
import { catalogue } from "../state.ts";
import { type Version, versionOn } from "../sync/catalogue.ts";
import { language } from "../words/index.ts";
import type { Here } from "./here.ts";

interface Named {
  name: string;
  name_en?: string | null;
}

const inWords = (named: Named | null | undefined): string | undefined =>
  language.value === "en" ? (named?.name_en ?? named?.name) : named?.name;

/** What is asked of a procedure is asked of its case. */
type OfCase = Pick<Here, "one">;

const version = ({ one }: OfCase): Version | null =>
  one ? versionOn(catalogue.value, one.procedure, one.regime_on) : null;

export const procedureName = (here: Here): string => inWords(version(here)) ?? here.one?.procedure ?? "";

/** As it stands on paper. */
export const onPaper = (here: Here): string => version(here)?.name ?? here.one?.procedure ?? "";

export const timeLimit = (here: Here): Version["content"]["time"] => version(here)?.content.time ?? null;

export const feeName = (here: Here, code: string): string =>
  inWords(version(here)?.content.fees?.find((fee) => fee.code === code)) ?? code;

export const feeOnPaper = (here: Here, code: string): string =>
  version(here)?.content.fees?.find((fee) => fee.code === code)?.name ?? code;

export const contentOf = (here: OfCase): Version["content"] | null => version(here)?.content ?? null;

/** Forms in which the list accepts it; null: nobody has found out. */
export const formsOf = (here: Here, component: string) =>
  version(here)?.content.components?.find((one) => one.code === component)?.forms ?? null;

/** Always Vietnamese: it is what stands on the paper. What was taken leaves the list of what to take, not the catalogue. */
export const paperName = (here: Here, component: string): string =>
  here.part.take.find((paper) => paper.component === component)?.name ??
  version(here)?.content.components?.find((one) => one.code === component)?.name ??
  component;
