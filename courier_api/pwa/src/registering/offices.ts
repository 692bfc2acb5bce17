/** Which offices a registration names: of the commune where the matter is, as the catalogue says who decides. Pure. */
import type { Version } from "../sync/catalogue.ts";
import type { Offices } from "../sync/offices.ts";
import type { Draft } from "./draft.ts";

type Office = Offices["offices"][number];

const OF_THE_PROVINCE = new Set(["province", "province_police"]);

/** Those that may decide, the likeliest first. */
export function agencies({ offices }: Offices, version: Version, commune: string): Office[] {
  const level = OF_THE_PROVINCE.has(version.agency ?? "") ? "province" : "commune";
  const rank = (one: Office) =>
    one.level !== level ? 2 : one.commune_code === commune || level === "province" ? 0 : 1;
  return offices.filter((one) => one.kind === "agency").sort((one, other) => rank(one) - rank(other));
}

/** Chosen by hand, else the likeliest; the post's own where there is no agency at all: a person puts it right. */
export function competentFor(draft: Draft, version: Version, offices: Offices, own: string): string {
  return draft.competent || (agencies(offices, version, draft.commune)[0]?.id ?? own);
}

/** The one-stop beside the agency; the agency itself where there is none. */
export function supportingFor(competent: string, { offices }: Offices): string {
  const there = offices.find((one) => one.id === competent);
  const found = offices.find(
    (one) => one.kind === "one_stop" && one.level === there?.level && one.commune_code === there?.commune_code,
  );
  return found?.id ?? competent;
}
