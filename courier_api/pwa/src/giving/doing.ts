/** A result, or papers that go home, into the citizen's hands, as acts. */
import type { Beside } from "../acts/record.ts";
import { does, onEach } from "../acts/tell.ts";
import type { Here } from "../visit/here.ts";
import { recipientClass } from "./facts.ts";

export interface Receiving {
  relationship: string;
  /** The hand-over word as it was read out; null: there is none, and `instead` stands in for it. */
  word: string | null;
  instead: string | null;
  /** As the courier saw it, where no day of birth is on file. */
  of_age: boolean | null;
  /** Of a member of the household who is nobody in the case. */
  name: string | null;
}

/** The envelope is opened before the recipient. */
export const open = (here: Here, parcels: string[]) =>
  onEach("open_result", parcels, (parcel_id) => ({
    case_id: here.part.case_id,
    body: { visit_id: here.part.visit_id, parcel_id, recipient_class: recipientClass(here) },
  }));

export const reseal = ({ part, view }: Here, seal_number: string) =>
  onEach("reseal", view.opened, (parcel_id) => ({
    case_id: part.case_id,
    body: { visit_id: part.visit_id, parcel_id, seal_number },
  }));

export function handOver(here: Here, paper_ids: string[], said: Receiving, beside: Beside) {
  const { part, view } = here;
  const { relationship, word, instead, of_age, name } = said;
  const body = {
    visit_id: part.visit_id,
    paper_ids,
    recipient_class: recipientClass(here),
    relationship,
    means: view.met?.means ?? "none",
    ...(instead !== null ? { word_replaced_by: instead } : {}),
    ...(of_age !== null ? { of_age } : {}),
  };
  const personal = { ...(word !== null ? { word } : {}), ...(name ? { name } : {}) };
  return does("hand_over_result", part.case_id, body, {
    personal: Object.keys(personal).length > 0 ? personal : undefined,
    beside,
  });
}

export const handBack = ({ part }: Here, paper_ids: string[]) =>
  does("hand_back_papers", part.case_id, { visit_id: part.visit_id, paper_ids });
