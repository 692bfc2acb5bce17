/** A registration as acts, all in one instant: registered, begun, quoted. Pressed twice, also in two tabs, it is one. */
import { derived, newId } from "../acts/ids.ts";
import type { Made } from "../acts/record.ts";
import { type Body, onCase, tellAll } from "../acts/tell.ts";
import { centreNow, localDate, localTime } from "../device/clock.ts";
import { currentSession } from "../device/line.ts";
import type { Place } from "../device/place.ts";
import { madeFrom } from "../parts/draft.ts";
import { bornOn } from "../scanning/card.ts";
import type { Born } from "../sync/born.ts";
import type { Version } from "../sync/catalogue.ts";
import type { Case, Visit } from "../sync/day.ts";
import type { Offices } from "../sync/offices.ts";
import { everything } from "../sync/outbox.ts";
import { clean } from "../words/text.ts";
import { type Draft, digits, named, OLD_NUMBER, plainPhone, said, type Who } from "./draft.ts";
import { needs } from "./needs.ts";
import { competentFor, supportingFor } from "./offices.ts";
import type { Quoted } from "./quoting.ts";

export const NAME = "registering";
/** Of one charge: what the centre takes. */
const MOST = 1_000_000_000;

export interface Asked {
  draft: Draft;
  version: Version;
  offices: Offices;
  lines: readonly Quoted[];
  /** Served there and then; else only registered, with what the citizen wishes. */
  now: boolean;
  place: Place | undefined;
}

/** Kept when this resolves. */
export async function register(asked: Asked): Promise<void> {
  const { draft } = asked;
  await tellAll(async () => {
    const known = await everything();
    return known.some((one) => one.kind === "register" && one.case_id === draft.case_id) ? [] : acts(asked);
  });
}

async function acts(asked: Asked): Promise<Made[]> {
  const { draft, version, offices, now, place } = asked;
  const session = await currentSession();
  if (!session) throw new Error("nobody registers on a phone that was not let in");
  const competent = competentFor(draft, version, offices, session.unit);
  const act = (kind: string, what: Body, who?: Body) => onCase(kind, draft.case_id, what, who);
  const charges = now ? charged(asked.lines) : [];
  const people = personal(draft);
  const body = {
    registration_id: draft.registration_id,
    channel: "post",
    procedure: version.code,
    registered_at_unit: session.unit,
    supporting_unit: supportingFor(competent, offices),
    handling_unit: session.unit,
    competent_unit: competent,
    visit_commune: draft.commune || null,
  };
  const shown = { one: await theCase(draft, version, charges), part: now ? visit(draft, version, charges) : null };
  const made: Made[] = [
    {
      act: await act("register", body, now ? people : { ...people, ...said({ note: wish(draft) }) }),
      beside: { shown: shown satisfies Born, ...madeFrom(NAME) },
    },
  ];
  const { visit_id } = draft;
  const unplanned = { unit: session.unit, purpose: "collect", place: "home" };
  if (now) made.push({ act: await act("record_arrival", { visit_id, unplanned }, place && { place }) });
  if (charges.length > 0) made.push({ act: await act("quote", { visit_id, charges }) });
  return made;
}

const wish = (draft: Draft): string => {
  const text = clean(draft.wish);
  return text === "" ? "" : `Công dân muốn hẹn: ${text}`;
};

function personal(draft: Draft): Record<string, unknown> {
  const { owner, filer } = draft;
  const number = digits(owner.number);
  const party = { party_id: draft.filer_id, role: "filer", relation: draft.relation, ...named(filer) };
  return {
    owner_name: clean(owner.name),
    ...said({
      owner_number: number,
      phone: plainPhone(draft.phone),
      address: clean(draft.address),
      hamlet: clean(draft.hamlet),
      landmark: clean(draft.landmark),
    }),
    owner: said({ born: bornOf(owner), old_number: number.length === OLD_NUMBER ? null : owner.old }),
    ...(draft.another ? { parties: [party] } : {}),
  };
}

const bornOf = (who: Who): string | null => bornOn(clean(who.born));

/** What the citizen is told to pay, and owes from then on; what nobody knows is left to the centre. */
const charged = (lines: readonly Quoted[]) =>
  lines.flatMap(({ code, amount, due, kind, payee }) =>
    amount !== null && amount > 0 && amount <= MOST
      ? [
          {
            charge_id: newId(),
            line: code,
            amount,
            due_at: due ?? "reception",
            of: kind === "postage" || payee === "post" ? "post" : "agency",
          },
        ]
      : [],
  );

type Charges = ReturnType<typeof charged>;

async function theCase(draft: Draft, version: Version, charges: Charges): Promise<Case> {
  const { owner, filer } = draft;
  const person = {
    kind: "person",
    phone: null,
    shared_phone: false,
    authority: null,
    authority_until: null,
    since: null,
  };
  const who = async (each: Who, party_id: string, role: string, relation: string) => ({
    ...person,
    party_id,
    role,
    relation,
    name: clean(each.name),
    born: bornOf(each),
  });
  const owner_id = await derived("party", draft.case_id.replaceAll("-", ""), "owner");
  const parties = [await who(owner, owner_id, "owner", "owner")];
  if (draft.another) parties.push(await who(filer, draft.filer_id, "filer", draft.relation));
  return {
    case_id: draft.case_id,
    version: 0,
    state: "registered",
    procedure: version.code,
    regime_on: localDate(),
    channel: "post",
    model: "home",
    visit_commune: draft.commune || null,
    agency_confirmed: false,
    recipient_class: version.content.recipients ?? null,
    result_from: null,
    owner_name: clean(owner.name),
    phone: plainPhone(draft.phone) || null,
    address: clean(draft.address) || null,
    hamlet: clean(draft.hamlet) || null,
    landmark: clean(draft.landmark) || null,
    mark: null,
    access: null,
    dossier_code: null,
    exception_open: false,
    parties,
    papers: [],
    parcels: [],
    charges: charges.map(({ charge_id, line, amount, due_at }) => ({ charge_id, line, amount, due_at, state: "due" })),
    payments: [],
    questions: [],
    incidents: [],
    mandates: [],
    consents: [],
    notices: [],
    readings: [],
  };
}

function visit(draft: Draft, version: Version, charges: Charges): Visit {
  const { take, see, known } = needs(version.content.components);
  const hour = (at: number) => `${localTime(at).slice(0, 2)}:00`;
  return {
    visit_id: draft.visit_id,
    case_id: draft.case_id,
    purpose: "collect",
    place: "home",
    day: localDate(),
    time_window: `${hour(centreNow())}-${hour(centreNow() + 3600_000)}`,
    state: "arrived",
    confirmed: true,
    identity_checked: false,
    slip_signed: false,
    instead_of_word: [],
    give: [],
    take,
    see,
    evidence: ["identity"],
    due: charges.filter((one) => one.due_at === "reception").reduce((sum, one) => sum + one.amount, 0),
    perhaps_elsewhere: false,
    take_known: known,
  };
}
