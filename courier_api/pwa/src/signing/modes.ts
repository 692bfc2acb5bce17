/** In which modes a paper may be signed on a day, before how many witnesses, and who may sign for the owner: as the
 * centre judges it (backend/procedures/people.py, F06). Pure. */
import { type Acting as Asks, holds, mayActNow, papersOf } from "../mandates/authority.ts";
import type { Case } from "../sync/day.ts";
import { usualSigning } from "../visit/people.ts";

/** What this phone can take down, in the order in which it is offered. The others are the citizen's own devices'. */
export const MODES = ["drawn", "representative", "ink", "fingerprint", "witnessed"] as const;
export type Mode = (typeof MODES)[number];

/** Of every signed paper that has no kind of its own. */
const DECLARATION = "declaration";

interface Signing {
  document: string;
  modes: readonly string[];
  witnesses?: number;
}

/** What a version of a procedure says of it. */
export interface Says {
  signing?: readonly Signing[] | null;
  components?: readonly { code: string; signatures?: readonly string[] | null }[] | null;
}

/** As the paper's line in the procedure's list says, else the procedure for its kind, else as usual. */
export function signing(says: Says | null, document: string, on: string): { modes: Mode[]; witnesses: number } {
  const usual = new Map(usualSigning(on).map((row) => [row.document, row]));
  const kind = usual.has(document) ? document : DECLARATION;
  const own = says?.signing?.find((row) => row.document === document || row.document === kind);
  const known = own ?? usual.get(kind)!;
  const listed = own ? undefined : says?.components?.find((one) => one.code === document)?.signatures;
  const accepted = listed && listed.length > 0 ? listed : known.modes;
  return { modes: MODES.filter((mode) => accepted.includes(mode)), witnesses: known.witnesses ?? 1 };
}

export interface Acting {
  party_id: string;
  role: "representative" | "authorised" | "filer";
  name: string;
  /** By law, or by a paper: until its last day, null where it has none. */
  by: "law" | "paper";
  until: string | null;
}

/** Who may sign for the owner on that day: whose paper has ended, was taken back or is not enough may not. `asks`: what
 * the procedure asks of them. */
export function acting(one: Pick<Case, "parties" | "mandates"> | undefined, on: string, asks: Asks = null): Acting[] {
  return (one?.parties ?? []).flatMap((party) => {
    const { party_id, role, name, authority, authority_until } = party;
    if (role !== "representative" && role !== "authorised" && role !== "filer") return [];
    const live = papersOf(one, party).filter((mandate) => holds(mandate, on));
    // Whoever only brings the papers signs in their own name.
    if (role === "filer" && live.length === 0 && authority === null) return [];
    if (!mayActNow(one, party, asks, on)) return [];
    const until = live.at(-1)?.last_day ?? authority_until;
    return [{ party_id, role, name, by: role === "representative" && live.length === 0 ? "law" : "paper", until }];
  });
}
