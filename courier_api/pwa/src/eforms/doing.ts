/** The act of reading a filled form back: what was read is kept with it, and the draft is forgotten in the same instant. */
import { does } from "../acts/tell.ts";
import { madeFrom } from "../parts/draft.ts";
import { contentHash } from "./canonical.ts";
import type { Filled, Form } from "./form.ts";

export const draftOf = (case_id: string, document: string): string => `form ${case_id} ${document}`;

export async function readBack(visit_id: string, case_id: string, document: string, form: Form, filled: Filled) {
  const form_version = form["x-version"];
  const content_sha256 = await contentHash(form_version, filled);
  return does(
    "read_back",
    case_id,
    { visit_id, document, form_version, content_sha256 },
    { personal: { filled }, beside: { shown: filled, ...madeFrom(draftOf(case_id, document)) } },
  );
}
