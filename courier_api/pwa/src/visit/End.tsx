import { useSignal } from "@preact/signals";
import reasons from "../../../../backend/acts/rules/reasons.json";
import { whereNow } from "../device/place.ts";
import { Choice } from "../parts/Choice.tsx";
import { madeFromFields, useDraft } from "../parts/draft.ts";
import { Form, Send } from "../parts/Form.tsx";
import { useGuard } from "../parts/guard.ts";
import { notes } from "../state.ts";
import { language, say } from "../words/index.ts";
import { fail, finish } from "./doing.ts";
import { Evidence } from "./Evidence.tsx";
import { has, kindOf, reasonsOf, there } from "./evidence.ts";
import { facts } from "./facts.ts";
import { type StepProps, useSaving } from "./step.tsx";
import type { View } from "./view.ts";

/** Somebody was met, and nothing changed hands: that is a visit without its purpose. */
const nothingWasDone = ({ papers, seen, collected, given }: View): boolean =>
  papers.length + seen.length + given.length === 0 && collected === 0;

const NOTHING_SAID: Record<string, string> = {};

/** Hoàn thành, or Không thành công with its reason. What is missing is said by the rule table, in its own words. */
export function End({ here, house }: StepProps) {
  const { part, one, view } = here;
  const { wrong, busy, save } = useSaving();
  const { judge } = useGuard();
  const draft = `end ${part.visit_id} ${part.case_id}`;
  const failing = useDraft(`${draft} failing`, view.state !== "arrived");
  const reason = useDraft(`${draft} reason`, "");
  const said = useDraft<Record<string, string>>(`${draft} said`, NOTHING_SAID);
  const why = useDraft(`${draft} why not`, "");
  const placed = useSignal(true);
  const others = house.filter((each) => each !== here && !each.view.over).length;
  const list = reasonsOf(part.purpose);
  const chosen = list.find((each) => each.code === reason.value);
  const seen = there(notes.value, part.visit_id);
  const missing = (chosen?.evidence ?? []).filter((code) => !has(code, said.value, seen, placed.value));
  const inWords = (each: { vi: string; en: string }) => (language.value === "en" ? each.en : each.vi);

  /** The sentence of the first thing that stands in the way; null when nothing does. */
  const inTheWay = (act: "finish_visit" | "fail_visit"): string | null =>
    judge("visit", view.state, act, (table) =>
      facts(table, one, view, others, act === "fail_visit" ? "failed" : "done"),
    );

  async function keepFinish(): Promise<string | null> {
    if (nothingWasDone(view)) return say(part.give.length > 0 ? "nothingGiven" : "nothingDone");
    const wrongNow = inTheWay("finish_visit");
    if (wrongNow !== null) return wrongNow;
    await finish(part.visit_id, part.case_id, "done", await whereNow());
    return null;
  }

  async function keepFailure(): Promise<string | null> {
    if (!chosen) return say("chooseReason");
    if (view.opened.length > 0 && view.given.length === 0) return say("resealFirst");
    const wrongNow = inTheWay("fail_visit");
    if (wrongNow !== null) return wrongNow;
    const place = await whereNow();
    placed.value = place !== undefined;
    const told = chosen.evidence.filter((code) => has(code, said.value, seen, placed.value));
    const texts = told.filter((code) => kindOf(code) === "text").map((code) => [code, said.value[code]!.trim()]);
    const evidence = { shown: told, said: Object.fromEntries(texts), why_not: why.value === "" ? null : why.value };
    const drafts = madeFromFields(draft, "failing", "reason", "said", "why not");
    await fail(part.visit_id, part.case_id, chosen.code, evidence, place, drafts);
    return null;
  }

  if (view.over) return <p class="state">{say(view.state as "done")}</p>;
  return (
    <Form send={() => save(failing.value ? keepFailure : keepFinish)}>
      {failing.value && (
        <Choice legend={say("whyFailed")} chosen={reason} among={list.map((each) => [each.code, inWords(each)])} />
      )}
      {failing.value && chosen && chosen.evidence.length > 0 && <Evidence here={here} reason={chosen} said={said} />}
      {failing.value && chosen && missing.length > 0 && (
        <Choice
          legend={say("whyMissing")}
          chosen={why}
          among={reasons.why_not.map((each) => [each.code, inWords(each)])}
        />
      )}
      <Send wrong={wrong.value} busy={busy.value} word={say(failing.value ? "recordFailure" : "finish")} />
      {view.state === "arrived" && (
        <button
          type="button"
          class="plain"
          onClick={() => {
            failing.value = !failing.value;
            wrong.value = null;
          }}
        >
          {say(failing.value ? "finishInstead" : "cannotFinish")}
        </button>
      )}
    </Form>
  );
}
