/** What need not be asked: filled in from the case and from the code on an identity card, each value with its source. A
 * code fills in and proves nothing; whatever does not fit the form is left to be asked. Pure. */
import type { Card } from "../scanning/card.ts";
import type { Case } from "../sync/day.ts";
import { clean } from "../words/text.ts";
import { wrongFields } from "./checking.ts";
import { type Filled, type Form, type From, NOTHING, type Source } from "./form.ts";
import { tidy } from "./typing.ts";

export const filledIn = (filled: Filled, name: string, value: string, from: From): Filled => ({
  values: { ...filled.values, [name]: value },
  sources: { ...filled.sources, [name]: from },
});

/** Before anybody was asked. */
export function prefilled(form: Form, one: Case | undefined): Filled {
  if (!one) return NOTHING;
  return from(form, NOTHING, "case", Object.keys(form.properties), (source) => ofCase(one, source));
}

/** `fields`: those of the group for which the card was read. What was there before gives way. */
export const fromCard = (form: Form, filled: Filled, fields: readonly string[], card: Card): Filled =>
  from(form, filled, "card", fields, (source) => ofCard(card, source));

export const takesCard = (form: Form, fields: readonly string[]): boolean =>
  fields.some((name) => form.properties[name]!["x-sources"].some((source) => source.from === "card"));

function from(
  form: Form,
  filled: Filled,
  kind: From,
  fields: readonly string[],
  value: (source: Source) => string | null | undefined,
): Filled {
  let next = filled;
  for (const name of fields) {
    const told = form.properties[name]!["x-sources"].filter((one) => one.from === kind)
      .map(value)
      .find(Boolean);
    if (!told) continue;
    const tried = filledIn(next, name, clean(told), kind);
    if (!wrongFields(form, tidy(form, tried)).includes(name)) next = tried;
  }
  return next;
}

function ofCase(one: Case, { party: role, field }: Source): string | null | undefined {
  const party = one.parties.find((each) => each.role === role);
  const owner = role === "owner";
  switch (field) {
    case "name":
      return party?.name ?? (owner ? one.owner_name : null);
    case "born":
      return party?.born;
    case "phone":
      return party?.phone ?? (owner ? one.phone : null);
    case "address":
      return owner ? one.address : null;
    default:
      return null;
  }
}

function ofCard(card: Card, { field }: Source): string {
  switch (field) {
    case "number":
      return card.number;
    case "name":
      return card.name;
    case "born":
      return card.born;
    case "address":
      return card.address;
    default:
      // The fourth digit says which (facts F3).
      return Number(card.number[3]) % 2 === 0 ? "nam" : "nu";
  }
}
