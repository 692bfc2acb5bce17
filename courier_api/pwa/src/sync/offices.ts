/** Offices and communes, fetched once a day: whom a phone without network may name. Readable under the lease. */
import type { components } from "../api";
import { localDate } from "../device/clock.ts";
import * as lease from "../device/lease.ts";
import { request } from "../device/line.ts";

export type Offices = components["schemas"]["OfficesOfDay"];

export const readOffices = async (): Promise<Offices | null> => (await lease.get<Offices>("offices")) ?? null;

/** Throws NotHeard, Refused. */
export async function fetchOffices(): Promise<Offices> {
  const known = await readOffices();
  if (known?.day === localDate()) return known;
  const offices = (await (await request("GET", "/api/courier/offices")).json()) as Offices;
  await lease.put("offices", offices);
  return offices;
}
