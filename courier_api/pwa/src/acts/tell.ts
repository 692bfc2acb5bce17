/** Every act of the screens goes through here: kept first, then shown, then sent. */
import { day, learn, synchronise } from "../state.ts";
import type { Subject } from "./envelope.ts";
import { type Act, type Beside, type Made, type Noted, record } from "./record.ts";
import { tableOf } from "./table.ts";

export type Body = Record<string, unknown>;

interface More {
  personal?: Body | undefined;
  beside?: Beside | undefined;
}

/** Several at once: all are kept, or none. `beside`: what is kept with the first of them. */
export async function tellAll(make: () => Promise<Made[]>, beside?: Beside): Promise<Noted[]> {
  const noted = await record(async () => {
    const [first, ...others] = await make();
    return first ? [{ ...first, beside: { ...first.beside, ...beside } }, ...others] : [];
  });
  for (const one of noted) learn(one);
  void synchronise();
  return noted;
}

/** On a case, on what this phone has seen of it. */
export const onCase = (kind: string, case_id: string, body: Body, personal?: Body): Promise<Act> =>
  about({ kind: "case", id: case_id }, kind, body, personal);

/** On whatever else, nobody but this phone writes what it would have to have seen: its `base` says nothing. */
export async function about(subject: Subject, kind: string, body: Body, personal?: Body): Promise<Act> {
  const { version: rules } = await tableOf(day.value?.rules ?? 1);
  const base = (subject.kind === "case" && day.value?.cases[subject.id]?.version) || 0;
  return { subject, kind, body, personal, base, rules };
}

/** One act on a case. */
export async function does(kind: string, case_id: string, body: Body, more: More = {}): Promise<Noted> {
  const [noted] = await tellAll(async () => [
    { act: await onCase(kind, case_id, body, more.personal), beside: more.beside },
  ]);
  return noted!;
}

/** The same act on several cases, each with its own body. */
export const onEach = <One>(
  kind: string,
  all: readonly One[],
  of: (one: One) => { case_id: string; body: Body; personal?: Body | undefined },
  beside?: Beside,
): Promise<Noted[]> =>
  tellAll(
    () =>
      Promise.all(
        all.map(async (one) => {
          const { case_id, body, personal } = of(one);
          return { act: await onCase(kind, case_id, body, personal) };
        }),
      ),
    beside,
  );
