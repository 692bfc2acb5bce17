import { authorityLive } from "../mandates/authority.ts";
import { Offer } from "../mandates/Offer.tsx";
import { madeFrom, useDraft } from "../parts/draft.ts";
import { Form, Send } from "../parts/Form.tsx";
import { useGuard } from "../parts/guard.ts";
import { Stepper } from "../parts/Stepper.tsx";
import type { Visit } from "../sync/day.ts";
import { say } from "../words/index.ts";
import { type Counted, takePapers } from "./doing.ts";
import { facts } from "./facts.ts";
import { type CopyForm, copyForm, copyForms } from "./forms.ts";
import { contentOf, formsOf } from "./names.ts";
import { type StepProps, useSaving } from "./step.tsx";

interface Count {
  originals: number;
  copies: number;
  condition: string;
  /** Of copies; none: the usual one. */
  form?: string;
}

interface Draft {
  counts: Record<string, Count>;
  seen: Record<string, boolean>;
}

const CONDITIONS = ["intact", "torn", "wet", "faded"] as const;
const NONE: Count = { originals: 0, copies: 0, condition: "intact" };

/** The take list, counted paper by paper; originals that are only looked at. Nothing outside the published list. */
export function Papers({ here }: StepProps) {
  const { part, one, view } = here;
  const { wrong, busy, save } = useSaving();
  const { judge, today } = useGuard();
  const authority_live = authorityLive(one, view.met, contentOf(here)?.acting ?? null, today);
  const name = `papers ${part.visit_id} ${part.case_id}`;
  const draft = useDraft<Draft>(name, { counts: {}, seen: {} });
  const taken = new Set(view.papers.map((paper) => paper.component));
  const left = part.take.filter((paper) => !taken.has(paper.component));
  const toSee = part.see.filter((paper) => !view.seen.includes(paper.component));

  const count = (component: string): Count => draft.value.counts[component] ?? NONE;
  const formsOfCopies = (component: string) => copyForms(formsOf(here, component));
  const set = (component: string, change: Partial<Count>) => {
    draft.value = {
      ...draft.value,
      counts: { ...draft.value.counts, [component]: { ...count(component), ...change } },
    };
  };

  async function keep(): Promise<string | null> {
    if (!view.identified) return say("identityFirst");
    const counted = left.flatMap((paper) => sheets(paper, count(paper.component), formsOfCopies(paper.component)));
    const seen = toSee.filter((paper) => draft.value.seen[paper.component]);
    if (counted.length + seen.length === 0) return say("countFirst");
    const refused = judge("visit", view.state, "take_papers", (table) => ({
      ...facts(table, one, view, 0),
      authority_live,
    }));
    if (counted.length > 0 && refused !== null) return refused;
    const looked = seen.map((paper) => paper.component);
    await takePapers(part.visit_id, part.case_id, counted, looked, madeFrom(name));
    return null;
  }

  return (
    <Form send={() => save(keep)}>
      {view.papers.length > 0 && <p class="state">{say("papersTaken", { n: view.papers.length })}</p>}
      {!authority_live && <Offer here={here} />}
      {left.map((paper) => (
        <fieldset key={paper.component}>
          <legend>{paper.name}</legend>
          {paper.when && <p class="soft">{say("onlyWhen", { when: paper.when })}</p>}
          {paper.original === "travels" && <p class="soft">{say("travels")}</p>}
          <Stepper
            label={say("originals")}
            value={count(paper.component).originals}
            change={(originals) => set(paper.component, { originals })}
          />
          <Stepper
            label={say("copies")}
            value={count(paper.component).copies}
            change={(copies) => set(paper.component, { copies })}
          />
          {count(paper.component).copies > 0 && (
            <FormOfCopies
              among={formsOfCopies(paper.component)}
              chosen={count(paper.component).form}
              choose={(form) => set(paper.component, { form })}
            />
          )}
          <label>
            {say("condition")}
            <select
              value={count(paper.component).condition}
              onChange={(event) => set(paper.component, { condition: event.currentTarget.value })}
            >
              {CONDITIONS.map((one) => (
                <option key={one} value={one}>
                  {say(one)}
                </option>
              ))}
            </select>
          </label>
        </fieldset>
      ))}
      {toSee.map((paper) => (
        <label key={paper.component} class="choice">
          <input
            type="checkbox"
            checked={draft.value.seen[paper.component] ?? false}
            onChange={(event) => {
              draft.value = {
                ...draft.value,
                seen: { ...draft.value.seen, [paper.component]: event.currentTarget.checked },
              };
            }}
          />
          <span>
            {say("sawOriginal")}: {paper.name}
          </span>
        </label>
      ))}
      <Send wrong={wrong.value} busy={busy.value} word={say("takeThem")} />
    </Form>
  );
}

interface Copies {
  among: readonly CopyForm[];
  chosen: string | undefined;
  choose: (form: string) => void;
}

/** Said where the list leaves no choice. */
function FormOfCopies({ among, chosen, choose }: Copies) {
  if (among.length === 1) return <p class="soft">{say(among[0]!)}</p>;
  return (
    <label>
      {say("formOfCopies")}
      <select value={copyForm(among, chosen)} onChange={(event) => choose(event.currentTarget.value)}>
        {among.map((form) => (
          <option key={form} value={form}>
            {say(form)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Originals and copies of one component are papers of their own. */
function sheets(paper: Visit["take"][number], count: Count, forms: readonly CopyForm[]): Counted[] {
  const { component } = paper;
  const found: Counted[] = [];
  if (count.originals > 0)
    found.push({ component, form: "original", originals: count.originals, copies: 0, condition: count.condition });
  if (count.copies > 0)
    found.push({
      component,
      form: copyForm(forms, count.form),
      originals: 0,
      copies: count.copies,
      condition: count.condition,
    });
  return found;
}
