/** The code on an identity card: it fills in, and proves nothing (F05). Texts of citizens' papers: nothing is believed
 * that does not fit together. Pure.
 *
 * number (12) | old number (9, or nothing) | name | birth | sex | residence | issued: and, on newer cards, more. Some
 * readers turn the bars into separators that nobody sees. */
import { clean, folded, hasHidden } from "../words/text.ts";

export interface Card {
  number: string;
  /** Of the CMND before it. */
  old: string | null;
  name: string;
  /** `yyyy-mm-dd`, or the year where nobody knows the day. */
  born: string;
  address: string;
}

const MOST = 1000;
const LONGEST_NAME = 200;
const LONGEST_ADDRESS = 400;
const BETWEEN = /[|\p{Cc}]|<[FGRU]S>/u;
const FIELDS = 7;
const NAME = /^[\p{L}\p{M}][\p{L}\p{M}' .-]+$/u;

/** null for what is no card, or one that does not agree with itself. */
export function readCard(text: string): Card | null {
  if (text.length > MOST) return null;
  const fields = text.normalize("NFC").split(BETWEEN);
  if (fields.length < FIELDS || fields.some(hasHidden)) return null;
  const [number, old, name, birth, sex, address] = fields.map(clean) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const born = bornOn(birth);
  if (!/^\d{12}$/.test(number) || !/^(\d{9})?$/.test(old) || born === null) return null;
  if (!NAME.test(name) || name.length > LONGEST_NAME || address.length > LONGEST_ADDRESS) return null;
  if (!fitsYear(number, born) || (sex !== "" && folded(sex) !== (isMale(number) ? "nam" : "nu"))) return null;
  return { number, old: old || null, name, born, address };
}

/** `ddmmyyyy`, a year alone, or one with zeros before it; however people put signs between. */
export function bornOn(text: string): string | null {
  const digits = text.replaceAll(/[\s./-]/g, "");
  if (/^(0000)?\d{4}$/.test(digits)) return withinReason(digits.slice(-4)) ? digits.slice(-4) : null;
  const [, day, month, year] = /^(\d\d)(\d\d)(\d{4})$/.exec(digits) ?? [];
  if (!day || !month || !year || !withinReason(year)) return null;
  const found = `${year}-${month}-${day}`;
  const at = new Date(`${found}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(found) ? found : null;
}

const withinReason = (year: string): boolean => Number(year) >= 1870 && Number(year) <= 2199;

/** The fourth digit says century and sex, the next two the year (facts F3). */
export function fitsYear(number: string, born: string): boolean {
  const century = Math.floor(Number(number[3]) / 2);
  return 1900 + 100 * century + Number(number.slice(4, 6)) === Number(born.slice(0, 4));
}

const isMale = (number: string): boolean => Number(number[3]) % 2 === 0;

/** Whether it is the card of somebody: `name` where only that can be compared. */
export function agrees(card: Card, party: { name: string; born: string | null }): "yes" | "name" | "no" {
  if (folded(card.name) !== folded(party.name)) return "no";
  if (!party.born) return "name";
  if (party.born.length === 4 || card.born.length === 4)
    return party.born.slice(0, 4) === card.born.slice(0, 4) ? "yes" : "no";
  return party.born === card.born ? "yes" : "no";
}

/** The one whose card it is: by name and birth, else by the name alone. */
export function whose<Party extends { name: string; born: string | null }>(
  card: Card,
  parties: readonly Party[],
): Party | undefined {
  return parties.find((one) => agrees(card, one) === "yes") ?? parties.find((one) => agrees(card, one) === "name");
}
