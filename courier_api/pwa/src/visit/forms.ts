/** In which form copies of a component are taken (F14). What the catalogue does not say, nobody is taken for: then a copy
 * is a plain copy until the courier has looked at it. Pure. */

/** On paper. Of what is electronic nothing is taken along. */
const ON_PAPER = ["plain_copy", "certified_copy", "register_copy"] as const;
export type CopyForm = (typeof ON_PAPER)[number];

/** `listed`: forms that the list of the procedure accepts, the first of them the usual one; none: nobody has found out. */
export function copyForms(listed: readonly string[] | null | undefined): readonly CopyForm[] {
  const accepted = (listed ?? []).filter((form): form is CopyForm => (ON_PAPER as readonly string[]).includes(form));
  return accepted.length > 0 ? accepted : ON_PAPER;
}

/** What was chosen, where it may still be; else the usual one. */
export const copyForm = (among: readonly CopyForm[], chosen: string | undefined): CopyForm =>
  among.find((form) => form === chosen) ?? among[0]!;
