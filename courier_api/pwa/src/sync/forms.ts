/** The forms for who does not write: named by their content, fetched once, readable under the lease. */
import * as lease from "../device/lease.ts";
import { request } from "../device/line.ts";
import type { Form } from "../eforms/form.ts";

export interface Forms {
  format: number;
  forms: Form[];
}

interface Kept {
  name: string;
  forms: Forms;
}

export async function readForms(name: string | null): Promise<Forms | null> {
  const kept = await lease.get<Kept>("forms");
  return kept && kept.name === name ? kept.forms : null;
}

/** Throws NotHeard, Refused. */
export async function fetchForms(name: string | null): Promise<Forms | null> {
  const known = await readForms(name);
  if (known || name === null) return known;
  const forms = (await (await request("GET", `/api/courier/forms/${name}`)).json()) as Forms;
  await lease.put("forms", { name, forms } satisfies Kept);
  return forms;
}
