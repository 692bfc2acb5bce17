/** Đồng ý (F19): one question at a time, nothing ticked beforehand, yes and no of equal weight. None of it is in the way
 * of the visit, and what was said is taken back as easily. */
import "./words.ts";
import { useSignal } from "@preact/signals";
import { localDate } from "../device/clock.ts";
import { whereNow } from "../device/place.ts";
import { useAsking } from "../parts/asking.ts";
import { Wrong } from "../parts/Form.tsx";
import { day, notes, now } from "../state.ts";
import type { Known } from "../sync/day.ts";
import type { Here } from "../visit/here.ts";
import type { StepProps } from "../visit/step.tsx";
import { back } from "../where.ts";
import { language, say } from "../words/index.ts";
import { answers, type Extra, isUnanswered } from "./answers.ts";
import { type Answering, answering } from "./asking.ts";
import { answer, keepsPlace, takeBack } from "./doing.ts";

const text = (asked: Extra): string => (language.value === "en" ? asked.en : asked.vi);

export function Consents({ here, house }: StepProps) {
  const again = useSignal<string | null>(null);
  const lost = useSignal(false);
  const known = day.value;
  const extras = known?.extras ?? [];
  if (!known || extras.length === 0) return <p class="notice">{say("noQuestions")}</p>;
  const said = answers(known, here.part.case_id, notes.value);
  const asked = extras.find((one) => one.extra === again.value) ?? extras.find((one) => isUnanswered(one, said));
  return (
    <>
      {lost.value && (
        <p class="notice" role="status">
          {say("placeLost")}
        </p>
      )}
      {asked && !here.view.over && (
        <Question
          key={asked.extra}
          known={known}
          here={here}
          house={house}
          asked={asked}
          done={(nowhere) => {
            again.value = null;
            lost.value = nowhere;
          }}
        />
      )}
      <Answers
        here={here}
        known={known}
        ask={(extra) => {
          again.value = extra;
        }}
      />
    </>
  );
}

interface Shown extends StepProps {
  known: Known;
  asked: Extra;
  /** `nowhere`: the place was to be kept, and this phone does not know it. */
  done: (nowhere: boolean) => void;
}

function Question({ known, here, house, asked, done }: Shown) {
  const { wrong, busy, ask } = useAsking();
  /** Said yes for a child, which is asked next. */
  const forChild = useSignal(false);
  const by = who(here, asked);
  const child = forChild.value ? by.child : null;

  const keep = (given: boolean, child_agrees: boolean | null) =>
    ask(async () => {
      const parts = alike(known, here, house, asked).map((one) => one.part);
      const place = given && keepsPlace(asked) ? await whereNow() : undefined;
      await answer(parts, asked, { given, answered_as: by.as, child_agrees }, place);
      done(given && keepsPlace(asked) && place === undefined);
    });

  function press(yes: boolean): void {
    if (child) void keep(yes, yes);
    else if (yes && by.child) forChild.value = true;
    else void keep(yes, null);
  }

  return (
    <section class="card" aria-labelledby="question">
      <p class="soft">
        {say("questionOf", { n: known.extras.indexOf(asked) + 1, all: known.extras.length })} · {say("consentsLead")}
      </p>
      <p>{child ? say("childToo", { name: child.name }) : whoAnswers(by)}</p>
      {!child && <NotTheOneMet here={here} by={by} />}
      <h2 id="question" class="read">
        {text(asked)}
      </h2>
      <Wrong text={wrong.value} />
      <div class="pair">
        <button type="button" aria-busy={busy.value} onClick={() => press(true)}>
          {say("sayYes")}
        </button>
        <button type="button" aria-busy={busy.value} onClick={() => press(false)}>
          {say("sayNo")}
        </button>
      </div>
      <button type="button" class="plain" onClick={back}>
        {say("notNow")}
      </button>
    </section>
  );
}

const who = ({ one }: Here, { private_life }: Extra): Answering =>
  answering(one?.parties ?? [], private_life, localDate(now.value));

const whoAnswers = ({ who: found }: Answering): string =>
  found ? say("answersHere", { name: found.name }) : say("answersForThem");

/** Somebody else was met: what they say is not the answer. */
function NotTheOneMet({ here: { view }, by }: { here: Here; by: Answering }) {
  const met = view.met?.party_id ?? null;
  if (!by.who || met === null || met === by.who.party_id) return null;
  return <p class="notice">{say("onlyThey", { name: by.who.name })}</p>;
}

/** Of one owner, in one house: asked once for all of their cases. */
function alike(known: Known, here: Here, house: readonly Here[], asked: Extra): Here[] {
  const mine = ownerOf(here);
  return house.filter(
    (one) =>
      one === here ||
      (mine !== undefined &&
        !one.view.over &&
        ownerOf(one)?.name === mine.name &&
        ownerOf(one)?.born === mine.born &&
        who(one, asked).as === who(here, asked).as &&
        isUnanswered(asked, answers(known, one.part.case_id, notes.value))),
  );
}

const ownerOf = ({ one }: Here) => one?.parties.find((party) => party.role === "owner");

function Answers({ here, known, ask: askAgain }: { here: Here; known: Known; ask: (extra: string) => void }) {
  const { wrong, busy, ask } = useAsking();
  const said = answers(known, here.part.case_id, notes.value);
  const shown = known.extras.filter((one) => said.has(one.extra));
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="answered">
      <h2 id="answered">{say("answeredBefore")}</h2>
      <Wrong text={wrong.value} id="wrong-taking-back" />
      <ul class="list">
        {shown.map((one) => {
          const { state } = said.get(one.extra)!;
          const given = state === "given";
          return (
            <li key={one.extra} class="line">
              <p>{text(one)}</p>
              <p class="state">{say(`consent_${state}`)}</p>
              {given && (
                <button
                  type="button"
                  aria-busy={busy.value}
                  aria-label={`${say("takeBack")}: ${text(one)}`}
                  onClick={() => void ask(() => takeBack(here.part.case_id, one.extra).then(() => null))}
                >
                  {say("takeBack")}
                </button>
              )}
              {!given && !here.view.over && !isUnanswered(one, said) && (
                <button
                  type="button"
                  class="plain"
                  aria-label={`${say("askAgain")}: ${text(one)}`}
                  onClick={() => askAgain(one.extra)}
                >
                  {say("askAgain")}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
