/** What a procedure wants to be brought, as the centre's lists have it for a visit that takes papers. Pure. */
import type { components } from "../api";
import type { Visit } from "../sync/day.ts";

type Listed = components["schemas"]["Component"];
/** What has its usual value is left out of the catalogue. */
export type Component = Pick<Listed, "code" | "name"> & Partial<Listed>;

export interface Needs {
  take: Visit["take"];
  see: Visit["see"];
  /** The list is on record: what is not on it need not be asked for. */
  known: boolean;
}

export function needs(components: readonly Component[] | null | undefined): Needs {
  const all = components ?? [];
  return {
    take: all
      .filter((one) => isTaken(one) && !one.surrender)
      .map(({ code, name, originals, copies, original, when }) => ({
        component: code,
        name,
        originals: original === "handed_back" ? 0 : (originals ?? null),
        copies: copies ?? null,
        original: original ?? null,
        surrender: false,
        when: when ?? null,
      })),
    see: all
      .filter((one) => one.original === "handed_back")
      .map(({ code, name, photograph, when }) => ({
        component: code,
        name,
        photograph: photograph ?? false,
        when: when ?? null,
      })),
    known: Boolean(components),
  };
}

/** Of what is only looked at, a copy may be taken; the original never is (row 25). */
const isTaken = ({ original, copies }: Component): boolean =>
  !(original === "handed_back" && copies === 0) && original !== "not_asked";
