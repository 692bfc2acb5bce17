/** What every step of a visit is given, and how it ends: kept, and back at the house. */
import { useAsking } from "../parts/asking.ts";
import { back } from "../where.ts";
import type { Here } from "./here.ts";

export interface StepProps {
  here: Here;
  house: Here[];
}

export function useSaving() {
  const { wrong, busy, ask } = useAsking();

  /** `work` says what is wrong, in words for people, or null when the step is kept. */
  async function save(work: () => Promise<string | null>): Promise<void> {
    if (await ask(work)) back();
  }

  return { wrong, busy, save };
}
