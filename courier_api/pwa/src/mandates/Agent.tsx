/** Who acts for the owner: somebody of the case, or somebody new, by their card or typed. */
import { type Signal, useSignal } from "@preact/signals";
import { Choice } from "../parts/Choice.tsx";
import { Field } from "../parts/Field.tsx";
import { Select } from "../parts/Select.tsx";
import { ofCard, type Who } from "../registering/draft.ts";
import { Person } from "../registering/Person.tsx";
import { readCard } from "../scanning/card.ts";
import { Scanner } from "../scanning/Scanner.tsx";
import type { Case } from "../sync/day.ts";
import { say } from "../words/index.ts";
import { type Draft, NEW, RELATIONS } from "./draft.ts";

interface Asked {
  draft: Signal<Draft>;
  among: Case["parties"];
}

export function Agent({ draft, among }: Asked) {
  const of = <Name extends "agent" | "who" | "phone">(name: Name) => ({
    get value(): Draft[Name] {
      return draft.value[name];
    },
    set value(next: Draft[Name]) {
      draft.value = { ...draft.value, [name]: next };
    },
  });
  return (
    <>
      <Choice
        legend={say("whoActs")}
        chosen={of("agent")}
        among={[
          ...among.map((party): [string, string] => [party.party_id, `${party.name} · ${say(party.role as "filer")}`]),
          [NEW, say("someoneNew")],
        ]}
      />
      {draft.value.agent === NEW && (
        <>
          <NewPerson who={of("who")} />
          <Field label={say("agentPhone")} value={of("phone")} inputMode="tel" maxLength={19} />
          <Select
            label={say("agentRelation")}
            value={draft.value.relation}
            change={(relation) => {
              draft.value = { ...draft.value, relation };
            }}
          >
            {[["", say("chooseHere")], ...RELATIONS.map((one) => [one, say(one)] as const)]}
          </Select>
        </>
      )}
    </>
  );
}

function NewPerson({ who }: { who: { value: Who } }) {
  const reading = useSignal(false);
  const filled = useSignal<boolean | null>(null);

  function take(code: string): boolean {
    reading.value = false;
    const card = readCard(code);
    filled.value = card !== null;
    if (card) who.value = ofCard(card);
    return true;
  }

  if (reading.value) {
    const leave = () => {
      reading.value = false;
    };
    return <Scanner take={take} leave={leave} inside />;
  }
  return (
    <>
      <Person
        legend={say("agentPerson")}
        readCard={say("agentCard")}
        who={who}
        filled={filled.value === true}
        read={() => {
          reading.value = true;
        }}
      />
      {filled.value === false && (
        <p class="wrong" role="alert">
          {say("noCard")}
        </p>
      )}
    </>
  );
}
