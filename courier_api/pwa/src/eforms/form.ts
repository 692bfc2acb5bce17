/** A form as the centre tells it (`backend/eforms`): JSON Schema of its values, and what is asked in which words. Which
 * fields are asked follows from the schema alone. Pure. */

export type From = "card" | "case" | "said" | "paper";

export interface Source {
  from: From;
  /** Of the card, or of the party of the case. */
  field?: string;
  party?: string;
  component?: string;
  /** What most people say. */
  usual?: string;
}

export interface Field {
  /** `#/$defs/` and its type. */
  $ref: string;
  title: string;
  "x-en": string;
  "x-read"?: string;
  enum?: string[];
  "x-words"?: Record<string, { vi: string; en: string }>;
  "x-sources": Source[];
}

export interface Group {
  code: string;
  vi: string;
  en: string;
  fields: string[];
}

interface Condition {
  if: { properties: Record<string, { enum: string[] }>; required: string[] };
  then?: { required: string[] };
  else: { properties: Record<string, false> };
}

export interface Form {
  title: string;
  "x-en": string;
  "x-version": string;
  "x-serves": { procedure: string; document: string }[];
  "x-valid-from"?: string;
  "x-valid-until"?: string;
  "x-groups": Group[];
  properties: Record<string, Field>;
  required: string[];
  allOf?: Condition[];
}

export type Texts = Readonly<Record<string, string>>;

/** What was filled in, and where each value came from. */
export interface Filled {
  values: Texts;
  sources: Readonly<Record<string, From>>;
}

export const NOTHING: Filled = { values: {}, sources: {} };

/** A form of a procedure, and which paper of its list it is. */
export interface Declared {
  document: string;
  form: Form;
}

const FOR_EVER = "9999-12-31";

/** Those of a procedure on the case's day. */
export const formsOf = (forms: readonly Form[], procedure: string, on: string): Declared[] =>
  forms
    .filter((form) => (form["x-valid-from"] ?? "") <= on && on < (form["x-valid-until"] ?? FOR_EVER))
    .flatMap((form) =>
      form["x-serves"].filter((of) => of.procedure === procedure).map(({ document }) => ({ document, form })),
    );

export const inOrder = (form: Form): string[] => form["x-groups"].flatMap((group) => group.fields);

export const typeOf = (field: Field): string => field.$ref.slice("#/$defs/".length);

const holds = ({ if: { properties } }: Condition, values: Texts): boolean =>
  Object.entries(properties).every(([name, { enum: among }]) => among.includes(values[name] ?? ""));

/** Whether a field is asked, by what was answered so far. */
export const isAsked = (form: Form, name: string, values: Texts): boolean =>
  (form.allOf ?? []).every((one) => !(name in one.else.properties) || holds(one, values));

export const isRequired = (form: Form, name: string, values: Texts): boolean =>
  form.required.includes(name) ||
  (form.allOf ?? []).some((one) => one.then?.required.includes(name) && holds(one, values));

/** Without what is not asked any more: what hangs on it goes with it. */
export function settled(form: Form, filled: Filled): Filled {
  let names = Object.keys(filled.values).filter((name) => filled.values[name] !== "");
  for (;;) {
    const values = only(filled.values, names);
    const asked = names.filter((name) => name in form.properties && isAsked(form, name, values));
    if (asked.length === names.length) return { values, sources: only(filled.sources, names) };
    names = asked;
  }
}

const only = <Value>(all: Readonly<Record<string, Value>>, names: readonly string[]): Record<string, Value> =>
  Object.fromEntries(names.filter((name) => name in all).map((name) => [name, all[name]!]));

/** Groups of which something is asked, each with the fields that are. */
export const asked = (form: Form, values: Texts): Group[] =>
  form["x-groups"]
    .map((group) => ({ ...group, fields: group.fields.filter((name) => isAsked(form, name, values)) }))
    .filter((group) => group.fields.length > 0);
