/** What is filled in of a paper of authority, and what is still wrong with it. Its ids are made with it, so that it is the
 * same paper however often it is sent. Pure. */
import { newId } from "../acts/ids.ts";
import type { Seen } from "../documents/DocumentCamera.tsx";
import type { Still } from "../documents/picture.ts";
import { isPhone, type Who, wrongWith } from "../registering/draft.ts";
import { bornOn } from "../scanning/card.ts";
import type { Case } from "../sync/day.ts";
import {
  type Acting,
  isInPerson,
  mayAct,
  type Paper,
  papersFor,
  papersOf,
  type Shown,
  shownBy,
  stands,
} from "./authority.ts";

/** Somebody whom the case does not name yet. */
export const NEW = "new";

/** As the owner would say it. A representative acts by law, and shows no mandate. */
export const RELATIONS = [
  "parent",
  "spouse",
  "child",
  "sibling",
  "grandparent",
  "relative",
  "employee",
  "anyone",
] as const;

export interface Draft {
  mandate_id: string;
  /** Of whoever is new. */
  party_id: string;
  /** A party of the case, or `NEW`. */
  agent: string;
  who: Who;
  phone: string;
  relation: string;
  paper: Paper | "";
  /** Days as typed. */
  from: string;
  last: string;
  kinship: boolean;
  /** The camera is open. */
  shooting: boolean;
  /** A picture that is not decided on yet. */
  still: Still | null;
  page: (Still & { seen: Seen }) | null;
  /** This phone cannot photograph it. */
  without: boolean;
}

export const aNewDraft = (): Draft => ({
  mandate_id: newId(),
  party_id: newId(),
  agent: "",
  who: { name: "", born: "", number: "", old: null },
  phone: "",
  relation: "",
  paper: "",
  from: "",
  last: "",
  kinship: false,
  shooting: false,
  still: null,
  page: null,
  without: false,
});

/** `yyyy-mm-dd` of a day as people write it; null for anything else, a year alone too. */
export function dayOf(text: string): string | null {
  const day = bornOn(text.trim());
  return day?.length === 10 ? day : null;
}

/** Whoever of the case may show one paper more. Whose told authority has ended is written down anew: no other paper
 * brings it back. */
export const agents = (one: Case | undefined, on: string): Case["parties"] =>
  (one?.parties ?? []).filter(
    (party) =>
      party.kind === "person" &&
      stands(party, on) &&
      (party.role === "filer" ||
        party.role === "authorised" ||
        (party.role === "recipient" && papersOf(one, party).length > 0)),
  );

export type Wrong =
  | "chooseAgent"
  | "relationFirst"
  | "agentPhoneWrong"
  | "choosePaper"
  | "fromDayWrong"
  | "lastDayWrong"
  | "daysBackwards"
  | "paperBegins"
  | "paperEnded"
  | "photographFirst"
  | WhyNot
  | NonNullable<ReturnType<typeof wrongWith>>;

/** The first thing that is wrong; null when nothing is. */
export function wrongIn(draft: Draft, one: Case | undefined, acting: Acting, on: string): Wrong | null {
  const known = agents(one, on).find((party) => party.party_id === draft.agent);
  if (!known && draft.agent !== NEW) return "chooseAgent";
  const person = known ? null : wrongWithNew(draft);
  if (person) return person;
  if (draft.paper === "") return "choosePaper";
  const days = wrongDays(draft, on);
  if (days) return days;
  const shown = { authority: draft.paper, kinship_proved: draft.kinship };
  // Of somebody named by the owner to receive, the procedure asks nothing.
  if (known?.role !== "recipient") {
    const before = known ? shownBy(known, papersOf(one, known), on) : [];
    const why = whyNot(acting, known ? known.relation : draft.relation, before, shown, on);
    if (why) return why;
  }
  return draft.page || draft.without ? null : "photographFirst";
}

function wrongWithNew(draft: Draft): Wrong | null {
  const person = wrongWith(draft.who);
  if (person) return person;
  if (!isPhone(draft.phone)) return "agentPhoneWrong";
  return draft.relation === "" ? "relationFirst" : null;
}

function wrongDays({ from, last }: Draft, on: string): Wrong | null {
  const first = dayOf(from);
  const end = last.trim() === "" ? null : dayOf(last);
  if (!first) return "fromDayWrong";
  if (last.trim() !== "" && !end) return "lastDayWrong";
  if (end && end < first) return "daysBackwards";
  if (end && end < on) return "paperEnded";
  return first > on ? "paperBegins" : null;
}

export type WhyNot =
  | "nobodyActs"
  | "wantsKinship"
  | "wantsMandate"
  | "wantsCertified"
  | "wantsIntroduction"
  | "mayNotAct";

const WANTS = {
  mandate: "wantsMandate",
  certified_mandate: "wantsCertified",
  introduction: "wantsIntroduction",
} as const satisfies Record<Paper, WhyNot>;

/** Why somebody may not act by that paper, with those shown before: said by what would do instead. */
export function whyNot(
  acting: Acting,
  relation: string | null,
  before: readonly Shown[],
  shown: Shown,
  on: string,
): WhyNot | null {
  if (mayAct(acting, relation, [...before, shown], on)) return null;
  if (isInPerson(acting)) return "nobodyActs";
  if (mayAct(acting, relation, [{ ...shown, kinship_proved: true }], on)) return "wantsKinship";
  const [instead] = papersFor(acting, relation, on);
  return instead ? WANTS[instead] : "mayNotAct";
}
