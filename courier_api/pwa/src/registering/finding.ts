/** Procedures by name or code, without tone marks; only what is in force that day, what is done at home first. Pure. */
import { type Catalogue, type Version, versionOn } from "../sync/catalogue.ts";
import { folded } from "../words/text.ts";

export function found(catalogue: Catalogue, text: string, on: string): Version[] {
  const wanted = folded(text).split(" ").filter(Boolean);
  const codes = [...new Set(catalogue.versions.map((one) => one.code))];
  return codes
    .flatMap((code) => versionOn(catalogue, code, on) ?? [])
    .map((version) => ({ version, text: folded([version.code, version.name, version.name_en ?? ""].join(" ")) }))
    .filter((one) => wanted.every((word) => one.text.includes(word)))
    .sort((one, other) => rank(one.version) - rank(other.version) || one.text.localeCompare(other.text))
    .map(({ version }) => version);
}

const rank = ({ content: { home } }: Version): number => (home ? 0 : home === false ? 2 : 1);
