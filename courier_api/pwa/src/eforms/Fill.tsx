/** One part of a form at a time: asked, scanned, filled in. Every touch is kept. */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Form as Page, Send } from "../parts/Form.tsx";
import { readCard } from "../scanning/card.ts";
import { Scanner } from "../scanning/Scanner.tsx";
import type { Here } from "../visit/here.ts";
import { paperName } from "../visit/names.ts";
import { language, say } from "../words/index.ts";
import { type Form, isRequired } from "./form.ts";
import { Input } from "./Input.tsx";
import { filledIn, fromCard, takesCard } from "./prefill.ts";
import { type Draft, show, useWalking } from "./walking.ts";

interface Asked {
  here: Here;
  form: Form;
  draft: Draft;
  /** Which field is to be looked at first. */
  field: string | null;
  change: (next: Draft) => void;
}

export function Fill({ here, form, draft, field, change }: Asked) {
  const { group, place, count, wrong, next, skip, before } = useWalking(form, draft, change);
  const scanning = useSignal(false);
  const { filled } = draft;

  useEffect(() => {
    if (field) show(field);
  }, [field]);

  return (
    <Page send={next}>
      <h2>{language.value === "en" ? group.en : group.vi}</h2>
      <p class="soft">{say("formPart", { n: place + 1, all: count })}</p>
      {takesCard(form, group.fields) && (
        <ByCard key={group.code} form={form} fields={group.fields} draft={draft} change={change} scanning={scanning} />
      )}
      {!scanning.value &&
        group.fields.map((name) => (
          <Input
            key={name}
            name={name}
            field={form.properties[name]!}
            value={filled.values[name] ?? ""}
            from={filled.sources[name] ?? null}
            required={isRequired(form, name, filled.values)}
            wrong={wrong.has(name)}
            paper={(component) => paperName(here, component)}
            change={(value, from) =>
              change({ ...draft, part: group.code, filled: filledIn(filled, name, value, from) })
            }
          />
        ))}
      {!scanning.value && (
        <>
          <Send
            wrong={null}
            busy={false}
            id={`wrong-part-${group.code}`}
            word={say(place + 1 < count ? "nextPart" : "toReadBack")}
          />
          {wrong.size > 0 && place + 1 < count && (
            <button type="button" class="plain" onClick={skip}>
              {say("askLater")}
            </button>
          )}
          {before && (
            <button type="button" onClick={before}>
              {say("partBefore")}
            </button>
          )}
        </>
      )}
    </Page>
  );
}

interface OfCard {
  form: Form;
  fields: readonly string[];
  draft: Draft;
  change: (next: Draft) => void;
  scanning: Signal<boolean>;
}

/** The code on somebody's identity card fills in the part that is open; it proves nothing. */
function ByCard({ form, fields, draft, change, scanning }: OfCard) {
  const read = useSignal<string | null>(null);

  function take(code: string): boolean {
    scanning.value = false;
    const card = readCard(code);
    const now = card ? fromCard(form, draft.filled, fields, card) : draft.filled;
    if (now !== draft.filled) change({ ...draft, filled: now });
    if (!card) read.value = say("noCard");
    else if (now === draft.filled) read.value = say("cardFillsNothing");
    else read.value = say("cardFilledIn", { name: card.name });
    return true;
  }

  const look = (looking: boolean) => () => {
    scanning.value = looking;
  };
  if (scanning.value) return <Scanner take={take} leave={look(false)} inside />;
  return (
    <>
      <button type="button" onClick={look(true)}>
        {say("cardFillsIn")}
      </button>
      <p class="state" role="status">
        {read.value}
      </p>
    </>
  );
}
