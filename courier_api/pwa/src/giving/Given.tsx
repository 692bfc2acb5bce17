/** What is given, each thing counted by itself. */
import type { Signal } from "@preact/signals";
import type { Here } from "../visit/here.ts";
import { paperName } from "../visit/names.ts";
import { say } from "../words/index.ts";

export function Given({ here, counted }: { here: Here; counted: Signal<string[]> }) {
  return (
    <fieldset>
      <legend>{say("giveList")}</legend>
      {here.part.give.map((paper) => (
        <label key={paper.paper_id} class="choice">
          <input
            type="checkbox"
            checked={counted.value.includes(paper.paper_id)}
            onChange={(event) => {
              const others = counted.value.filter((one) => one !== paper.paper_id);
              counted.value = event.currentTarget.checked ? [...others, paper.paper_id] : others;
            }}
          />
          <span>
            {paper.name ?? (paper.is_result ? say("result") : paperName(here, paper.component))}
            {": "}
            {[
              paper.originals > 0 && `${paper.originals} ${say("originals").toLowerCase()}`,
              paper.copies > 0 && `${paper.copies} ${say("copies").toLowerCase()}`,
            ]
              .filter(Boolean)
              .join(", ")}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
