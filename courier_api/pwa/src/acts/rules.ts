/** The rule table: which act is allowed in which state. The same files and the same meaning as at the centre.
 *
 * - Of the rows for (state, act), in the order of the file, the first whose guards all hold wins.
 * - No row at all: `no-such-act-here`. Rows, but none holds: `guard:<fact>`, the first failing guard of the row that came
 *   furthest, the earlier row on a tie.
 * - `*` in `from` is every state of the machine but the initial one.
 * - A fact that is refused happened all the same: the machine moves to `lands`, or stays. */

export type Value = boolean | number | string;
export type Facts = Readonly<Record<string, Value>>;
export type Operator = "eq" | "ne" | "in" | "ge" | "lt";
type Guard = readonly [fact: string, operator: Operator, value: Value | readonly Value[]];

interface Row {
  act: string;
  from: readonly string[];
  to?: string | null;
  when?: readonly Guard[];
}

interface Words {
  vi: string;
  en: string;
}

export interface Machine extends Words {
  initial: string;
  states: Record<string, Words>;
  rows: readonly Row[];
  lands?: Record<string, Record<string, readonly string[]>>;
}

export interface ActRule extends Words {
  kind: "fact" | "request";
  subject: string;
  machines: readonly string[];
  roles: readonly string[];
}

export interface RuleFile {
  version: number;
  facts: Record<string, { type: string; usual: Value; of: string }>;
  acts: Record<string, ActRule>;
  machines: Record<string, Machine>;
  refusals: Record<string, { title: string; detail: string }>;
}

export type Judgement = { allowed: true; to: string } | { allowed: false; reason: string };

const NO_SUCH_ACT = "no-such-act-here";

export class RuleTable {
  readonly file: RuleFile;
  readonly version: number;
  readonly #rows = new Map<string, Row[]>();

  constructor(file: RuleFile) {
    this.file = file;
    this.version = file.version;
    for (const [name, machine] of Object.entries(file.machines)) {
      for (const row of machine.rows) {
        for (const state of sources(machine, row)) {
          const place = at(name, state, row.act);
          const rows = this.#rows.get(place);
          if (rows) rows.push(row);
          else this.#rows.set(place, [row]);
        }
      }
    }
  }

  /** Every fact at its usual value. */
  usual(): Record<string, Value> {
    return Object.fromEntries(Object.entries(this.file.facts).map(([name, fact]) => [name, fact.usual]));
  }

  /** Throws for a word the table does not have, and for a fact that is missing. */
  judge(machine: string, state: string, act: string, facts: Facts): Judgement {
    this.#known(machine, state, act);
    const rows = this.#rows.get(at(machine, state, act));
    if (!rows) return { allowed: false, reason: NO_SUCH_ACT };
    let furthest = -1;
    let failed = "";
    for (const row of rows) {
      const guards = row.when ?? [];
      const first = guards.findIndex((guard) => !holds(guard, facts));
      if (first === -1) return { allowed: true, to: row.to ?? state };
      if (first > furthest) {
        furthest = first;
        failed = guards[first]![0];
      }
    }
    return { allowed: false, reason: `guard:${failed}` };
  }

  /** Where a refused fact leaves the machine. */
  lands(machine: string, act: string, state: string): string {
    const places = this.#known(machine, state, act).lands?.[act] ?? {};
    for (const [target, from] of Object.entries(places)) if (from.includes(state)) return target;
    return state;
  }

  /** Title and detail of a refusal, in Vietnamese: what is wrong and what to do next. */
  refusal(reason: string, machine: string, state: string, act: string): { title: string; detail: string } {
    const texts = this.file.refusals;
    const place = this.file.machines[machine];
    const named: Record<string, string> = {
      machine: place?.vi ?? "Việc này",
      state: place?.states[state]?.vi ?? "Chưa có",
      act: this.file.acts[act]?.vi ?? "việc này",
    };
    const found = texts[`${reason}@${act}`] ?? texts[`${reason}@${machine}.${state}`] ?? texts[reason];
    if (!found) throw new Error(`no words for ${reason}`);
    const filled = (text: string) =>
      text.replaceAll(/\{(machine|state|act)\}/g, (_, name: string) => named[name] ?? "");
    return { title: filled(found.title), detail: filled(found.detail) };
  }

  #known(machine: string, state: string, act: string): Machine {
    // Own members only: every object has a `constructor`.
    const place = Object.hasOwn(this.file.machines, machine) && this.file.machines[machine];
    if (!place) throw new Error(`no machine ${machine}`);
    if (!Object.hasOwn(place.states, state) && state !== place.initial)
      throw new Error(`no state ${state} of ${machine}`);
    if (!Object.hasOwn(this.file.acts, act)) throw new Error(`no act ${act}`);
    return place;
  }
}

const at = (machine: string, state: string, act: string): string => `${machine} ${state} ${act}`;

/** `*` written out. */
function sources(machine: Machine, row: Row): string[] {
  return row.from.flatMap((state) => (state === "*" ? Object.keys(machine.states) : [state]));
}

function holds([name, operator, value]: Guard, facts: Facts): boolean {
  const fact = facts[name];
  if (fact === undefined) throw new Error(`the fact ${name} is missing`);
  switch (operator) {
    case "eq":
      return fact === value;
    case "ne":
      return fact !== value;
    case "in":
      return (value as readonly Value[]).includes(fact);
    case "ge":
      return (fact as number) >= (value as number);
    case "lt":
      return (fact as number) < (value as number);
  }
}
