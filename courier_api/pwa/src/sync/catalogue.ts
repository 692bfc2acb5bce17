/** The catalogue of procedures: named by its content, fetched once, readable under the lease. */
import type { components } from "../api";
import * as lease from "../device/lease.ts";
import { request } from "../device/line.ts";

export type Catalogue = components["schemas"]["Catalogue"];
export type Version = Catalogue["versions"][number];

interface Kept {
  name: string;
  catalogue: Catalogue;
}

export async function readCatalogue(name: string | null): Promise<Catalogue | null> {
  const kept = await lease.get<Kept>("catalogue");
  return kept && kept.name === name ? kept.catalogue : null;
}

/** Throws NotHeard, Refused. */
export async function fetchCatalogue(name: string | null): Promise<Catalogue | null> {
  const known = await readCatalogue(name);
  if (known || name === null) return known;
  const catalogue = (await (await request("GET", `/api/courier/procedures/${name}`)).json()) as Catalogue;
  await lease.put("catalogue", { name, catalogue } satisfies Kept);
  return catalogue;
}

const FOR_EVER = "9999-12-31";

/** The version of a procedure that holds on a day; a phone without network changes over at midnight by itself. */
export function versionOn(catalogue: Catalogue | null, code: string, on: string): Version | null {
  const versions = catalogue?.versions.filter((one) => one.code === code && (one.valid_from ?? "") <= on) ?? [];
  return versions.find((one) => on < (one.valid_until ?? FOR_EVER)) ?? null;
}
