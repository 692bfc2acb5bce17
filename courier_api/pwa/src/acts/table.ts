/** The rule tables shipped with the app: all versions that are still in use, each loaded when it is first needed. */
import { type RuleFile, RuleTable } from "./rules.ts";

const FILES = import.meta.glob<RuleFile>("../../../../backend/acts/rules/0*.json", { import: "default" });
const tables = new Map<number, Promise<RuleTable>>();

export const VERSIONS = Object.keys(FILES)
  .map((path) => Number(/(\d+)\.json$/.exec(path)![1]))
  .sort((one, other) => one - other);

/** The table of that version; the newest that this app has where the centre is already further. */
export function tableOf(version: number): Promise<RuleTable> {
  const known = VERSIONS.filter((one) => one <= version).at(-1) ?? VERSIONS[0]!;
  let table = tables.get(known);
  if (!table) {
    const path = Object.keys(FILES).find((file) => file.endsWith(`/${String(known).padStart(4, "0")}.json`))!;
    table = FILES[path]!().then((file) => new RuleTable(file));
    tables.set(known, table);
  }
  return table;
}
