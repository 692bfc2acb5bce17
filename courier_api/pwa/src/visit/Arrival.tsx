/** Setting out for a house, and being there. */
import { whereNow } from "../device/place.ts";
import { useAsking } from "../parts/asking.ts";
import { go, where } from "../where.ts";
import { say } from "../words/index.ts";
import { atHouse } from "./doing.ts";

interface Asked {
  visit_id: string;
  cases: string[];
  state: string;
}

export function Arrival({ visit_id, cases, state }: Asked) {
  const { ask } = useAsking();

  async function arrive(): Promise<void> {
    await atHouse("record_arrival", visit_id, cases, await whereNow());
    if (where.value.at !== "visit") go({ at: "visit", visit: visit_id });
  }

  return (
    <div class={state === "planned" ? "pair" : ""}>
      {state === "planned" && (
        <button type="button" onClick={() => void ask(() => atHouse("depart", visit_id, cases))}>
          {say("depart")}
        </button>
      )}
      <button type="button" class="main" onClick={() => void ask(arrive)}>
        {say("arrived")}
      </button>
    </div>
  );
}
