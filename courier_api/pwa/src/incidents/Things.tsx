/** What an incident touches, chosen from what this courier has: never a number that somebody types. */
import { catalogue, day, notes } from "../state.ts";
import { versionOn } from "../sync/catalogue.ts";
import { language, say } from "../words/index.ts";
import { keyOf, type OfCase, type Thing, type Touched, touchable } from "./things.ts";

interface Asked {
  touches: Touched[];
  change: (touches: Touched[]) => void;
}

export function Things({ touches, change }: Asked) {
  const known = day.value;
  const cases = known ? touchable(known, notes.value) : [];
  const chosen = new Set(touches.map(keyOf));
  if (cases.length === 0) return <p class="soft">{say("nothingCarried")}</p>;

  function turn({ case_id, kind, id }: Thing): void {
    const one: Touched = { case_id, kind, id };
    const rest = touches.filter((other) => keyOf(other) !== keyOf(one));
    change(rest.length < touches.length ? rest : [...touches, one]);
  }

  return (
    <fieldset>
      <legend>{say("whatIsTouched")}</legend>
      {cases.map((one) => (
        <details key={one.case_id} open={one.things.some((thing) => chosen.has(keyOf(thing)))}>
          <summary>{[one.owner, procedureOf(one)].filter(Boolean).join(" · ")}</summary>
          {one.things.map((thing) => (
            <label key={keyOf(thing)} class="choice">
              <input type="checkbox" checked={chosen.has(keyOf(thing))} onChange={() => turn(thing)} />
              <span>{called(one, thing)}</span>
            </label>
          ))}
        </details>
      ))}
    </fieldset>
  );
}

const versionOf = ({ case_id, procedure }: OfCase) =>
  versionOn(catalogue.value, procedure, day.value?.cases[case_id]?.regime_on ?? "");

function procedureOf(one: OfCase): string {
  const version = versionOf(one);
  return (language.value === "en" ? (version?.name_en ?? version?.name) : version?.name) ?? one.procedure;
}

function called(one: OfCase, thing: Thing): string {
  if (thing.kind === "case") return say("wholeCase");
  if (thing.kind === "parcel") return thing.named ? say("aParcel", { seal: thing.named }) : say("aParcelPlain");
  const component = versionOf(one)?.content.components?.find((each) => each.code === thing.named);
  return component?.name ?? thing.named;
}
