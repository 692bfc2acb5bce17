/** What is typed, as it is kept and as it is shown again: days as digits, numbers without what stands between. Pure. */
import { bornOn } from "../scanning/card.ts";
import { written } from "../words/index.ts";
import { clean } from "../words/text.ts";
import { type Field, type Filled, type Form, settled, typeOf } from "./form.ts";

const DAYS: ReadonlySet<string> = new Set(["date", "born"]);
const DIGITS: ReadonlySet<string> = new Set(["number", "phone", "count"]);

export const isDay = (field: Field): boolean => DAYS.has(typeOf(field));

/** Which keys come up. */
export function keys(field: Field): "text" | "numeric" | "tel" | "email" {
  const type = typeOf(field);
  if (type === "phone") return "tel";
  if (type === "email") return "email";
  return isDay(field) || DIGITS.has(type) || type === "time" ? "numeric" : "text";
}

/** As it is kept. A day that is not whole yet stays as digits, and is wrong until it is. */
export function typed(field: Field, text: string): string {
  const digits = text.replaceAll(/\D/g, "");
  if (isDay(field)) return (digits.length === 8 || digits.length === 4 ? bornOn(digits) : null) ?? digits;
  switch (typeOf(field)) {
    case "number":
    case "phone":
    case "count":
      return digits;
    case "identity":
      return text.replaceAll(/[\s.-]/g, "").toUpperCase();
    case "time":
      return digits.length === 4 ? `${digits.slice(0, 2)}:${digits.slice(2)}` : digits;
    default:
      return text;
  }
}

/** As it stands in its field. */
export const shown = (field: Field, value: string): string => (isDay(field) ? written(value) : value);

/** Ready to be looked at: composed, without what nobody sees, and without what is not asked. */
export const tidy = (form: Form, { values, sources }: Filled): Filled =>
  settled(form, {
    values: Object.fromEntries(Object.entries(values).map(([name, text]) => [name, clean(text)])),
    sources,
  });
