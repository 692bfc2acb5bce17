/** A filled form line by line, as it is shown and read aloud. Always Vietnamese: it is the form's language. Pure. */
import { written } from "../words/index.ts";
import { asked, type Field, type Filled, type Form, type From, typeOf } from "./form.ts";
import { isDay } from "./typing.ts";

export interface Line {
  name: string;
  label: string;
  text: string;
  /** Both, in one line. */
  written: string;
  /** As a voice says it. */
  aloud: string;
  from: From;
}

export interface Part {
  code: string;
  title: string;
  lines: Line[];
}

export const parts = (form: Form, filled: Filled): Part[] =>
  asked(form, filled.values)
    .map(({ code, vi, fields }) => ({
      code,
      title: vi,
      lines: fields.filter((name) => filled.values[name]).map((name) => line(form, filled, name)),
    }))
    .filter((part) => part.lines.length > 0);

function line(form: Form, { values, sources }: Filled, name: string): Line {
  const field = form.properties[name]!;
  const value = values[name]!;
  const label = field.title;
  return {
    name,
    label,
    text: textOf(field, value),
    written: answered(label, textOf(field, value)),
    aloud: `${answered(field["x-read"] ?? label, aloudOf(field, value))}.`,
    from: sources[name] ?? "said",
  };
}

/** A question is followed by its answer. */
const answered = (label: string, text: string): string => `${label}${label.endsWith("?") ? "" : ":"} ${text}`;

/** As it is written on the form. */
export const textOf = (field: Field, value: string): string =>
  field["x-words"]?.[value]?.vi ?? (isDay(field) ? written(value) : value);

const ONE_BY_ONE: ReadonlySet<string> = new Set(["number", "identity", "phone"]);

function aloudOf(field: Field, value: string): string {
  const [year, month, day] = isDay(field) ? value.split("-") : [];
  if (month && day) return `ngày ${Number(day)} tháng ${Number(month)} năm ${year}`;
  if (year) return `năm ${year}`;
  return ONE_BY_ONE.has(typeOf(field)) ? [...value].join(" ") : textOf(field, value);
}
