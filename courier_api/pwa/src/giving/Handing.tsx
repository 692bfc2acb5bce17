/** Into the recipient's hands: who it is, the word of the card, and it is theirs (F07). */
import { useSignal } from "@preact/signals";
import { authorityLive } from "../mandates/authority.ts";
import { Offer } from "../mandates/Offer.tsx";
import { Choice } from "../parts/Choice.tsx";
import { madeFromFields, useDraft } from "../parts/draft.ts";
import { Field } from "../parts/Field.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { useGuard } from "../parts/guard.ts";
import type { Here } from "../visit/here.ts";
import { contentOf } from "../visit/names.ts";
import { type StepProps, useSaving } from "../visit/step.tsx";
import { isGiven } from "../visit/steps.ts";
import { say } from "../words/index.ts";
import { handBack, handOver } from "./doing.ts";
import { givingFacts, liesAtThePost, personMet, recipientClass, sealedParcels } from "./facts.ts";
import { Given } from "./Given.tsx";
import { NotReceivedYet } from "./Opening.tsx";
import { isWord } from "./word.ts";

const RELATIONS = [
  "spouse",
  "parent",
  "child",
  "sibling",
  "grandparent",
  "relative",
  "representative",
  "employee",
] as const;

export function Handing({ here }: StepProps) {
  if (isGiven(here)) return <p class="state">{say("givenNow")}</p>;
  if (liesAtThePost(here)) return <NotReceivedYet />;
  return here.part.purpose === "return_papers" ? <Back here={here} /> : <Result here={here} />;
}

function Back({ here }: { here: Here }) {
  const { wrong, busy, save } = useSaving();
  const counted = useSignal<string[]>([]);

  async function keep(): Promise<string | null> {
    if (!here.view.identified) return say("identityFirstGiving");
    if (!here.view.slipSigned) return say("receiptFirst");
    if (counted.value.length < here.part.give.length) return say("countEach");
    await handBack(here, counted.value);
    return null;
  }

  return (
    <Form send={() => save(keep)}>
      <Given here={here} counted={counted} />
      <Send wrong={wrong.value} busy={busy.value} word={say("handBack")} />
    </Form>
  );
}

function Result({ here }: { here: Here }) {
  const { wrong, busy, save } = useSaving();
  const { judge, today } = useGuard();
  const draft = `handing ${here.part.visit_id} ${here.part.case_id}`;
  const counted = useDraft<string[]>(`${draft} counted`, NOTHING);
  const relation = useDraft(`${draft} relation`, "");
  const word = useDraft(`${draft} word`, "");
  const instead = useDraft(`${draft} instead`, "");
  const ofAge = useDraft(`${draft} of age`, "");
  const name = useDraft(`${draft} name`, "");
  const met = personMet(here);
  const acting = contentOf(here)?.acting ?? null;
  const own = recipientClass(here) === "owner";
  const stranger = recipientClass(here) === "household";
  const asksAge = !met?.born && !own;
  const asksWord = here.part.evidence.includes("word");

  async function keep(): Promise<string | null> {
    const { part, view } = here;
    if (!view.identified) return say("identityFirstGiving");
    if (sealedParcels(here).length > 0) return say("openFirst");
    if (!view.slipSigned) return say("receiptFirst");
    if (counted.value.length < part.give.length) return say("countEach");
    const relationship = own ? "owner" : (met?.relation ?? relation.value);
    if (relationship === "") return say("chooseRelation");
    if (stranger && name.value.trim() === "") return say("nameFirst");
    if (asksAge && ofAge.value === "") return say("chooseAge");
    const said = word.value.replaceAll(/\D/g, "");
    if (asksWord && said === "" && instead.value === "") return say("wordFirst");
    if (said !== "" && !isWord(said)) return say("wordWrong");
    const of_age = asksAge ? ofAge.value === "yes" : null;
    const state = RESULT_STATES.has(here.one?.state ?? "") ? here.one!.state : "out_for_hand_over";
    const refused = judge("case", state, "hand_over_result", (table) =>
      givingFacts(table, here, today, of_age, acting),
    );
    if (refused !== null) return refused;
    const receiving = {
      relationship,
      word: said === "" ? null : said,
      instead: said === "" && instead.value !== "" ? instead.value : null,
      of_age,
      name: stranger ? name.value.trim() : null,
    };
    await handOver(here, counted.value, receiving, madeFromFields(draft, ...FIELDS));
    return null;
  }

  return (
    <Form send={() => save(keep)}>
      <p class="who">{own ? say("owner") : (met?.name ?? say("anotherOfTheHouse"))}</p>
      {!authorityLive(here.one, here.view.met, acting, today) && <Offer here={here} />}
      <Given here={here} counted={counted} />
      {stranger && <Field label={say("receiverName")} value={name} maxLength={100} />}
      {!own && !met?.relation && (
        <Choice legend={say("relationToOwner")} chosen={relation} among={RELATIONS.map((one) => [one, say(one)])} />
      )}
      {asksAge && (
        <Choice
          legend={say("isAdult")}
          chosen={ofAge}
          among={[
            ["yes", say("yesAdult")],
            ["no", say("noAdult")],
          ]}
        />
      )}
      {asksWord && (
        <>
          <Field label={say("handOverWord")} value={word} inputMode="numeric" maxLength={7} />
          <Choice
            legend={say("withoutWord")}
            chosen={instead}
            among={here.part.instead_of_word.map((one) => [one, say(one as "owner_called")])}
          />
        </>
      )}
      <Send wrong={wrong.value} busy={busy.value} word={say("handOver")} />
    </Form>
  );
}

const NOTHING: string[] = [];
const FIELDS = ["counted", "relation", "word", "instead", "of age", "name"];

/** In which the rule table lets a result out. */
const RESULT_STATES = new Set(["result_ready", "result_at_post", "kept_at_post", "out_for_hand_over"]);
