/** The rule table at a door: its own sentence for the first thing that stands in the way. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Facts, RuleTable } from "../acts/rules.ts";
import { tableOf } from "../acts/table.ts";
import { localDate } from "../device/clock.ts";
import { day, now } from "../state.ts";

export function useGuard() {
  const table = useSignal<RuleTable | null>(null);

  useEffect(() => {
    void tableOf(day.value?.rules ?? 1).then((found) => {
      table.value = found;
    });
  }, []);

  /** null: nothing does, as far as this phone knows. */
  function judge(machine: string, state: string, act: string, of: (table: RuleTable) => Facts): string | null {
    if (!table.value) return null;
    const found = table.value.judge(machine, state, act, of(table.value));
    return found.allowed ? null : table.value.refusal(found.reason, machine, state, act).detail;
  }

  return { judge, today: localDate(now.value) };
}
