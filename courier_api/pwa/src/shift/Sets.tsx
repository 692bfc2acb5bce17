/** Label sets are counted against their numbers. In the evening each is accounted for: bound, given up, or in the bag. */
import { type Signal, useSignal } from "@preact/signals";
import { Choice } from "../parts/Choice.tsx";
import { say } from "../words/index.ts";
import { runs } from "./own.ts";

/** `right`: "yes" or "no", empty while nobody has counted. */
export function CountSets({ sets, right }: { sets: number[]; right: Signal<string> }) {
  return (
    <Choice
      legend={say("setsInBag")}
      chosen={right}
      among={[
        ["yes", say("setsRight", { n: sets.length, numbers: runs(sets) })],
        ["no", say("setsWrong")],
      ]}
    />
  );
}

interface Asked {
  sets: number[];
  right: Signal<string>;
  missing: Signal<number[]>;
  why: Signal<string>;
}

/** What the evening's count of sets needs to remember. */
export function useSets(sets: number[]) {
  const [right, why] = [useSignal(""), useSignal("")];
  const missing = useSignal<number[]>([]);
  const gone = right.value === "no" ? missing.value.filter((number) => sets.includes(number)) : [];

  /** What is still to be said of them, in words for people. */
  function wrong(): string | null {
    if (sets.length > 0 && (right.value === "" || (right.value === "no" && gone.length === 0))) return say("countSets");
    return gone.length > 0 && why.value === "" ? say("sayWhySets") : null;
  }

  return { right, why, missing, gone, wrong };
}

export function Sets({ sets, right, missing, why }: Asked) {
  if (sets.length === 0) return null;
  const gone = missing.value.filter((number) => sets.includes(number));
  const turn = (number: number) => {
    missing.value = gone.includes(number) ? gone.filter((one) => one !== number) : [...gone, number];
  };
  return (
    <>
      <CountSets sets={sets} right={right} />
      {right.value === "no" && (
        <fieldset>
          <legend>{say("setsStillHere")}</legend>
          <p class="soft">{say("untickSets")}</p>
          <div class="numbers">
            {sets.map((number) => (
              <label key={number} class="choice">
                <input type="checkbox" checked={!gone.includes(number)} onChange={() => turn(number)} />
                <span>{number}</span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
      {right.value === "no" && gone.length > 0 && (
        <Choice
          legend={say("setsGone", { numbers: runs(gone) })}
          chosen={why}
          among={[
            ["torn", say("setsTorn")],
            ["lost", say("setsLost")],
          ]}
        />
      )}
    </>
  );
}
