/** What a procedure costs, by the tariff of the catalogue (F21): the same amounts as the centre says. Quantities said at
 * a door are provisional; the agency's count is final. Pure. */
import type { components } from "../api";

type Fee = components["schemas"]["FeeLine"];
/** What has its usual value is left out of the catalogue. */
export type FeeLine = Pick<Fee, "code" | "name"> & Partial<Omit<Fee, "reliefs">> & { reliefs?: Relief[] };
export type Relief = Pick<Fee["reliefs"][number], "code" | "who"> & Partial<Fee["reliefs"][number]>;
export type Unit = Fee["unit"];
export type Quantities = Partial<Record<Unit, number>>;

export interface Quoted {
  code: string;
  name: string;
  name_en: string | null;
  kind: Fee["kind"];
  due: Fee["due"];
  payee: Fee["payee"];
  /** Đồng; null when it is not known. */
  amount: number | null;
  /** What somebody has to count before it is known; null: nothing, or the tariff itself is not known. */
  missing: Unit | null;
  relief: string | null;
  provisional: boolean;
}

export interface Told {
  quantities: Quantities;
  /** Codes claimed. */
  reliefs: readonly string[];
  channel: components["schemas"]["FilingChannel"];
  /** The day of collection. */
  on: string;
}

const MOST_UNITS = 100_000;
/** One, unless more are said; pages and copies must be counted by somebody. */
const ONE_BY_ITSELF: ReadonlySet<Unit> = new Set(["dossier", "person", "item"]);

/** null when nobody knows what is charged. Throws for a number that none can be, and for a relief that is not there. */
export function quote(fees: readonly FeeLine[] | null | undefined, told: Told): Quoted[] | null {
  for (const number of Object.values(told.quantities))
    if (!Number.isInteger(number) || number < 1 || number > MOST_UNITS) throw new RangeError(`a count of ${number}`);
  if (!fees) return null;
  const known = new Set(fees.flatMap((line) => reliefsOn(line, told.on).map((relief) => relief.code)));
  for (const code of told.reliefs) if (!known.has(code)) throw new RangeError(`no relief ${code} on that day`);
  return fees.filter((line) => isDue(line, told.channel)).map((line) => quoted(line, told));
}

const isDue = ({ channels = [] }: FeeLine, channel: Told["channel"]): boolean =>
  channels.length === 0 || channels.includes(channel);

export const reliefsOn = ({ reliefs = [] }: FeeLine, on: string): Relief[] =>
  reliefs.filter(({ valid_from, valid_until }) => (valid_from ?? "") <= on && (!valid_until || on < valid_until));

function quoted(line: FeeLine, { quantities, reliefs, on }: Told): Quoted {
  const { amount: whole, missing } = beforeRelief(line, quantities);
  const relief = best(reliefsOn(line, on).filter((one) => reliefs.includes(one.code)));
  const amount = relief ? after(whole, relief) : whole;
  const said = relief !== null || unitsOf(line).some((unit) => unit in quantities);
  return {
    code: line.code,
    name: line.name,
    name_en: line.name_en ?? null,
    kind: line.kind ?? "state_fee",
    due: line.due ?? null,
    payee: line.payee ?? null,
    amount,
    missing: amount === null ? missing : null,
    relief: relief?.code ?? null,
    provisional: amount === null || said,
  };
}

function unitsOf({ unit = "dossier", per }: FeeLine): Unit[] {
  return per ? [unit, per] : [unit];
}

/** What is to be counted for these lines, but for the dossier, which is one. */
export function toCount(fees: readonly FeeLine[] | null | undefined, channel: Told["channel"]): Unit[] {
  const due = (fees ?? []).filter((line) => isDue(line, channel) && line.tiers);
  return [...new Set(due.flatMap(unitsOf))].filter((unit) => unit !== "dossier");
}

export const usualCount = (unit: Unit): number | undefined => (ONE_BY_ITSELF.has(unit) ? 1 : undefined);

function beforeRelief(line: FeeLine, quantities: Quantities): Pick<Quoted, "amount" | "missing"> {
  const { tiers, minimum, cap } = line;
  if (!tiers) return { amount: null, missing: null };
  const counts = unitsOf(line).map((unit) => quantities[unit] ?? usualCount(unit));
  const missing = unitsOf(line).find((_, place) => counts[place] === undefined);
  if (missing) return { amount: null, missing };
  const [number, times = 1] = counts as [number, number?];
  const each = Math.max(laid(tiers, number), minimum ?? 0);
  return { amount: Math.min(each, cap ?? each) * times, missing: null };
}

/** The tiers laid over `number` units. */
function laid(tiers: NonNullable<Fee["tiers"]>, number: number): number {
  return tiers.reduce((sum, tier, place) => {
    const next = tiers[place + 1];
    const end = next ? Math.min(next.first - 1, number) : number;
    return sum + Math.max(0, end - tier.first + 1) * tier.amount;
  }, 0);
}

/** Reliefs are not added up: the greatest holds. One of unknown size is taken only when there is no other. */
function best(reliefs: readonly Relief[]): Relief | null {
  return reliefs.reduce<Relief | null>(
    (found, one) => (found && (found.percent ?? 0) >= (one.percent ?? 0) ? found : one),
    null,
  );
}

/** Free is free, whatever it would have cost. What is taken off is rounded down to the đồng. */
function after(whole: number | null, { percent }: Relief): number | null {
  if (percent === 100) return 0;
  return whole === null || !percent ? null : whole - Math.floor((whole * percent) / 100);
}
