/** The declaration of who does not write: filled in, read back, signed. */
import "./words.ts";
import "./eforms.css";
import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { dropDraft, useDraft } from "../parts/draft.ts";
import type { Here } from "../visit/here.ts";
import type { StepProps } from "../visit/step.tsx";
import { language, say } from "../words/index.ts";
import { AfterReading } from "./AfterReading.tsx";
import { draftOf, readBack } from "./doing.ts";
import { Fill } from "./Fill.tsx";
import type { Declared } from "./form.ts";
import { prefilled } from "./prefill.ts";
import { ReadBack } from "./ReadBack.tsx";
import { tidy } from "./typing.ts";
import type { Draft } from "./walking.ts";

export function Declaration({ here }: StepProps) {
  const chosen = useSignal<string | null>(here.forms.length === 1 ? here.forms[0]!.document : null);
  const one = here.forms.find(({ document }) => document === chosen.value);
  if (one) return <OneForm key={one.document} here={here} declared={one} />;
  return (
    <>
      <p>{say("whichForm")}</p>
      {here.forms.map(({ document, form }) => (
        <button
          key={document}
          type="button"
          onClick={() => {
            chosen.value = document;
          }}
        >
          {language.value === "en" ? form["x-en"] : form.title}
        </button>
      ))}
    </>
  );
}

function OneForm({ here, declared: { document, form } }: { here: Here; declared: Declared }) {
  const { part, one, view } = here;
  const name = draftOf(part.case_id, document);
  const draft = useDraft<Draft | null>(name, null);
  const field = useSignal<string | null>(null);
  const reading = view.declared.find((each) => each.document === document) ?? null;
  const start = useMemo(() => ({ filled: prefilled(form, one), part: null, reading: false }), [form, one]);

  const now = draft.value ?? start;
  const change = (next: Draft): void => {
    draft.value = next;
  };
  if (reading && draft.value === null)
    return (
      <AfterReading
        here={here}
        form={form}
        reading={reading}
        change={() => change({ ...start, filled: reading.filled ?? start.filled })}
      />
    );

  async function drop(): Promise<void> {
    await dropDraft(name);
    draft.value = null;
  }

  return (
    <>
      {reading && <p class="notice">{say("changeVoids")}</p>}
      {now.reading ? (
        <ReadBack
          form={form}
          filled={tidy(form, now.filled)}
          change={(code, wrong) => {
            field.value = wrong;
            change({ ...now, part: code, reading: false });
          }}
          leave={() => change({ ...now, reading: false })}
          confirm={async () => {
            await readBack(part.visit_id, part.case_id, document, form, tidy(form, now.filled));
            draft.value = null;
            scrollTo(0, 0);
          }}
        />
      ) : (
        <Fill here={here} form={form} draft={now} field={field.value} change={change} />
      )}
      {reading && (
        <button type="button" class="plain" onClick={() => void drop()}>
          {say("dropChanges")}
        </button>
      )}
    </>
  );
}
