/** Whether what was filled in is right, and where it is not: by the schema of the form, as at the centre with another
 * engine (`backend/eforms/checking.py`); a test holds the two together. Pure. */
import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import { type Filled, type Form, inOrder, isRequired } from "./form.ts";

const validators = new WeakMap<Form, Validator>();

function validator(form: Form): Validator {
  const known = validators.get(form) ?? new Validator(form as unknown as Schema, "2020-12", false);
  validators.set(form, known);
  return known;
}

/** Missing, wrong, not asked for, or without a source that it may have: in the order in which the form is read. */
export function wrongFields(form: Form, filled: Filled): string[] {
  const { values, sources } = filled;
  const wrong = new Set(
    validator(form)
      .validate(values)
      .errors.flatMap((error) => where(form, filled, error)),
  );
  for (const name of [...Object.keys(values), ...Object.keys(sources)])
    if (!(Object.hasOwn(values, name) && Object.hasOwn(sources, name))) wrong.add(name);
  for (const [name, said] of Object.entries(sources))
    if (field(form, name)?.["x-sources"].every((one) => one.from !== said)) wrong.add(name);
  const known = inOrder(form).filter((name) => wrong.has(name));
  return [...known, ...[...wrong].filter((name) => !field(form, name)).sort()];
}

const field = ({ properties }: Form, name: string) => (Object.hasOwn(properties, name) ? properties[name] : undefined);

/** An error of the whole says only that one of its parts is wrong; which of them are missing is said by the form. */
function where(form: Form, { values }: Filled, { keyword, instanceLocation }: OutputUnit): string[] {
  const [, name] = instanceLocation.split("/");
  if (name !== undefined) return [decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~")];
  if (keyword !== "required") return [];
  return inOrder(form).filter((one) => !Object.hasOwn(values, one) && isRequired(form, one, values));
}
