/** What holds for people on a day, whatever the procedure: the same dated rows as at the centre
 * (backend/procedures/people.py). Pure. */
import file from "../../../../backend/procedures/data/people.json" with { type: "json" };

interface Dated {
  valid_from?: string;
  /** The first day on which it no longer holds. */
  valid_until?: string;
}

/** Years. */
export interface Ages extends Dated {
  witness: number;
  adult: number;
  child_answers: number;
}

/** How a kind of paper is signed where the procedure says nothing else (F06). */
export interface Usual extends Dated {
  document: string;
  modes: readonly string[];
  witnesses: number;
}

/** Relatives whose mandate needs no certification. `proof`: but kinship is to be shown. */
export interface Kinship extends Dated {
  relations: readonly string[];
  proof: boolean;
}

const on = <Row extends Dated>(rows: readonly Row[], day: string): Row[] =>
  rows.filter(({ valid_from, valid_until }) => (valid_from ?? day) <= day && (!valid_until || day < valid_until));

export const agesOn = (day: string): Ages => on<Ages>(file.ages, day)[0]!;
export const usualSigning = (day: string): Usual[] => on<Usual>(file.signing, day);

export const kinshipOn = (day: string): Kinship[] => on<Kinship>(file.kinship, day);

/** One that a calendar has: a browser takes the 30th of February for the 1st of March. */
function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) && text.length === 10;
}

/** Years that somebody has at least, and at most: the same where the day of birth is known. Of a day that no calendar has
 * the year alone counts. */
export function age(born: string, day: string): [least: number, most: number] {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  if (!isDay(born)) return [years - 1, years];
  const whole = day.slice(5) < born.slice(5) ? years - 1 : years;
  return [whole, whole];
}
