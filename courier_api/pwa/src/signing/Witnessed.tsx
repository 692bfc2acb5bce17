/** Read aloud before adult witnesses, who sign: never the courier, never who gains (F06). How many, the procedure says. */

import { useAsking } from "../parts/asking.ts";
import { Choice } from "../parts/Choice.tsx";
import { madeFromFields, useDraft } from "../parts/draft.ts";
import { Field } from "../parts/Field.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { me } from "../state.ts";
import { back } from "../where.ts";
import { say } from "../words/index.ts";
import { folded } from "../words/text.ts";
import { type Seen, type ToSign, witnessed } from "./doing.ts";
import { Slate } from "./Slate.tsx";
import { useSlate } from "./slate.ts";

const RELATIONS = ["neighbour", "relative", "hamlet_head", "other"] as const;
const NUMBER = /^[0-9]{12}$/;
const NOBODY: Seen[] = [];

interface Asked {
  to: ToSign;
  inTheWay: () => string | null;
  /** So many at least. */
  count: number;
}

export function Witnessed({ to, inTheWay, count }: Asked) {
  const { wrong, busy, ask } = useAsking();
  const draft = `witness ${to.visit_id} ${to.case_id}`;
  const name = useDraft(`${draft} name`, "");
  const number = useDraft(`${draft} number`, "");
  const relation = useDraft(`${draft} relation`, "");
  /** Those who have signed already. */
  const signed = useDraft(`${draft} signed`, NOBODY);
  const { drawn, ...slate } = useSlate(() => {
    wrong.value = null;
  });

  /** What stands in the way of this witness; null: nothing. */
  function amiss(told: { name: string; number: string; relation: string }): string | null {
    if (told.name === "" || told.relation === "") return say("witnessFirst");
    if (!NUMBER.test(told.number)) return say("witnessNumber");
    if (folded(told.name) === folded(me.value?.name ?? "")) return say("witnessIsCourier");
    return signed.value.some((one) => one.number === told.number) ? say("witnessTwice") : null;
  }

  async function keep(): Promise<string | null> {
    const told = { name: name.value.trim(), number: number.value.replaceAll(/\D/g, ""), relation: relation.value };
    const refused = amiss(told);
    if (refused !== null) return refused;
    const signature = await drawn();
    if (!signature) return say("witnessSigns");
    const wrongNow = inTheWay();
    if (wrongNow !== null) return wrongNow;
    const { width, height, strokes } = signature;
    const all = [...signed.value, { ...told, drawn: { width, height, strokes } }];
    if (all.length < count) {
      signed.value = all;
      for (const field of [name, number, relation]) field.value = "";
      slate.clear();
      return null;
    }
    await witnessed(to, all, madeFromFields(draft, "name", "number", "relation", "signed"));
    back();
    return null;
  }

  return (
    <Form send={() => ask(keep)}>
      <p>{say("witnessLead")}</p>
      {count > 1 && (
        <p class="state" role="status">
          {say("witnessOf", { n: signed.value.length + 1, all: count })}
        </p>
      )}
      <Field label={say("witnessName")} value={name} maxLength={100} />
      <Field label={say("witnessCard")} value={number} inputMode="numeric" maxLength={12} />
      <Choice
        legend={say("witnessRelation")}
        chosen={relation}
        among={RELATIONS.map((one) => [one, say(`${one}Witness`)])}
      />
      <Slate {...slate} lead={say("witnessHere")} />
      <Send wrong={wrong.value} busy={busy.value} word={say("witnessSigned")} />
    </Form>
  );
}
