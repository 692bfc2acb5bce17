/** A paper of authority that was shown at the door, as acts: its photograph, and who acts by it. Both are kept, or none. */
import { newId } from "../acts/ids.ts";
import type { Made } from "../acts/record.ts";
import { onCase, tellAll } from "../acts/tell.ts";
import type { Picture } from "../documents/picture.ts";
import { keptPicture } from "../files/keep.ts";
import { madeFrom } from "../parts/draft.ts";
import { named, plainPhone, said } from "../registering/draft.ts";
import { notes } from "../sync/day.ts";
import type { Here } from "../visit/here.ts";
import { type Draft, dayOf, NEW } from "./draft.ts";
import { AUTHORITY_PAPER } from "./page.ts";
import type { Introduced } from "./recorded.ts";

export const draftName = ({ part }: Here): string => `mandate ${part.visit_id} ${part.case_id}`;

/** Of a draft with nothing wrong in it. `picture`: of `draft.page`, null where there is none. Pressed twice, also in two
 * tabs, it is one. */
export async function recordMandate(here: Here, draft: Draft, picture: Picture | null): Promise<void> {
  const { visit_id, case_id } = here.part;
  const photograph = draft.page && picture && (await pictured(here, draft.page, picture));
  await tellAll(async () => {
    const { mandate_id } = draft;
    const known = (await notes()).some((note) => note.kind === "record_mandate" && note.body.mandate_id === mandate_id);
    if (known) return [];
    const shown: Introduced = { party: draft.agent === NEW ? partyOf(draft) : null };
    const body = {
      mandate_id,
      party_id: shown.party?.party_id ?? draft.agent,
      authority: draft.paper,
      from_day: dayOf(draft.from),
      last_day: dayOf(draft.last),
      kinship_proved: draft.kinship,
      page_id: draft.page?.page_id ?? null,
      visit_id,
    };
    const personal = shown.party ? { parties: [told(draft)] } : undefined;
    const act = await onCase("record_mandate", case_id, body, personal);
    return [...(photograph ? [photograph] : []), { act, beside: { shown, ...madeFrom(draftName(here)) } }];
  });
}

async function pictured({ part }: Here, page: NonNullable<Draft["page"]>, picture: Picture): Promise<Made> {
  const kept = await keptPicture(picture);
  const { visit_id, case_id } = part;
  const of = { page_id: page.page_id, paper_id: newId(), component: AUTHORITY_PAPER, page_number: 1 };
  const act = await onCase("photograph", case_id, { visit_id, ...of, ...kept.named, seen: page.seen });
  return { act, beside: { files: kept.files } };
}

const told = ({ party_id, who, relation, phone }: Draft) => ({
  party_id,
  role: "authorised",
  relation,
  ...named(who),
  ...said({ phone: plainPhone(phone) }),
});

/** As the centre's list will bring them. */
function partyOf(draft: Draft): NonNullable<Introduced["party"]> {
  const { name, ...more } = named(draft.who);
  return {
    party_id: draft.party_id,
    role: "authorised",
    kind: "person",
    relation: draft.relation,
    name,
    born: more.born ?? null,
    phone: plainPhone(draft.phone) || null,
    shared_phone: false,
    authority: null,
    authority_until: null,
    since: null,
  };
}
