import { useSignal } from "@preact/signals";
import { localDate } from "../device/clock.ts";
import { whereNow } from "../device/place.ts";
import { useAsking } from "../parts/asking.ts";
import { Field } from "../parts/Field.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { Stepper } from "../parts/Stepper.tsx";
import { dong, say } from "../words/index.ts";
import { called } from "./called.ts";
import { type Needs, needs } from "./needs.ts";
import { type FeeLine, type Quoted, quote, reliefsOn, toCount, type Unit, usualCount } from "./quoting.ts";
import type { StepAsked } from "./Registering.tsx";
import { register } from "./record.ts";

const COUNTS: Partial<Record<Unit, "countCopies" | "countPages" | "countPeople">> = {
  copy: "countCopies",
  page: "countPages",
  person: "countPeople",
};

/** What is brought and what it costs, as the catalogue says today; then it is registered. */
export function Cost({ draft, version, offices, done }: StepAsked) {
  const { wrong, busy, ask } = useAsking();
  const home = version.content.home;
  const later = useSignal(home === false);
  const fees = version.content.fees as FeeLine[] | null | undefined;
  const { counts } = draft.value;
  const lines = quote(fees, { quantities: counts, reliefs: [], channel: "post", on: localDate() });
  const wish = {
    get value(): string {
      return draft.value.wish;
    },
    set value(next: string) {
      draft.value = { ...draft.value, wish: next };
    },
  };

  async function keep(): Promise<void> {
    const now = !later.value;
    const kept = draft.value;
    const place = now ? await whereNow() : undefined;
    await register({ draft: kept, version, offices, lines: lines ?? [], now, place });
    done(kept, now);
  }

  function count(unit: Unit, number: number): void {
    const { [unit]: _, ...rest } = counts;
    draft.value = { ...draft.value, counts: number > 0 ? { ...rest, [unit]: number } : rest };
  }

  return (
    <Form send={() => ask(keep)}>
      <p class="who">{called(version)}</p>
      <p>{draft.value.owner.name}</p>
      <Papers of={needs(version.content.components)} />
      <section class="card" aria-labelledby="costs">
        <h2 id="costs">{say("costs")}</h2>
        {toCount(fees, "post").map((unit) => {
          const word = COUNTS[unit];
          const value = counts[unit] ?? usualCount(unit) ?? 0;
          return word && <Stepper key={unit} label={say(word)} value={value} change={(next) => count(unit, next)} />;
        })}
        <Sums lines={lines} />
        <Reliefs fees={fees ?? []} />
      </section>
      {home === null || home === undefined ? <p class="notice">{say("homeUnknown")}.</p> : null}
      {home === false && <p class="notice">{say("notHere")}</p>}
      {later.value && <Field label={say("wishedTime")} value={wish} maxLength={200} />}
      <Send wrong={wrong.value} busy={busy.value} word={say(later.value ? "registerOnly" : "registerNow")} />
      {home !== false && (
        <button
          type="button"
          class="plain"
          onClick={() => {
            later.value = !later.value;
          }}
        >
          {say(later.value ? "serveNowInstead" : "onlyRegister")}
        </button>
      )}
    </Form>
  );
}

function Papers({ of: { take, see, known } }: { of: Needs }) {
  return (
    <section class="card" aria-labelledby="brings">
      <h2 id="brings">{say("brings")}</h2>
      {!known && <p class="notice">{say("papersUnknown")}</p>}
      {known && take.length === 0 && <p>{say("nothingBrought")}</p>}
      <ul class="list">
        {take.map((paper) => (
          <li key={paper.component} class="line">
            <p>{paper.name}</p>
            <p class="soft">
              {[
                (paper.originals ?? 0) > 0 && say("sheetsOriginal", { n: paper.originals! }),
                (paper.copies ?? 0) > 0 && say("sheetsCopy", { n: paper.copies! }),
                paper.original === "travels" && (paper.originals ?? 0) > 0 && say("staysHere"),
                paper.when && say("onlyWhen", { when: paper.when }),
              ]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </li>
        ))}
      </ul>
      {see.length > 0 && <h3>{say("looksAt")}</h3>}
      <ul class="list">
        {see.map((paper) => (
          <li key={paper.component} class="line">
            <p>{paper.name}</p>
            {paper.when && <p class="soft">{say("onlyWhen", { when: paper.when })}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Line by line; what has no price says why. */
function Sums({ lines }: { lines: Quoted[] | null }) {
  if (!lines) return <p class="notice">{say("costsUnknown")}</p>;
  if (lines.length === 0) return <p>{say("costsNothing")}</p>;
  const now = lines.filter((line) => line.due !== "return");
  const sum = now.reduce((total, line) => total + (line.amount ?? 0), 0);
  return (
    <>
      <dl class="sums">
        {lines.map((line) => (
          <div key={line.code}>
            <dt>
              {called(line)}
              {line.due === "return" && <span class="soft"> ({say("atReturn")})</span>}
            </dt>
            {line.amount === null ? (
              <dd class="words">{say(line.missing ? "notCounted" : "notKnown")}</dd>
            ) : (
              <dd>{dong(line.amount)}</dd>
            )}
          </div>
        ))}
        <div class="total">
          <dt>{say("dueNow")}</dt>
          <dd>{dong(sum)}</dd>
        </div>
      </dl>
      {lines.some((line) => line.provisional && line.amount !== null) && <p class="soft">{say("provisionalSum")}</p>}
    </>
  );
}

function Reliefs({ fees }: { fees: readonly FeeLine[] }) {
  const found = fees.flatMap((line) => reliefsOn(line, localDate()));
  return (
    <>
      {found.map((relief) => (
        <p key={relief.code} class="soft">
          {say("reliefThere", { who: called({ name: relief.who, name_en: relief.who_en ?? null }) })}
        </p>
      ))}
    </>
  );
}
