import type { Signal } from "@preact/signals";
import { useSignal } from "@preact/signals";
import { useAsking } from "../parts/asking.ts";
import { Choice } from "../parts/Choice.tsx";
import { Field } from "../parts/Field.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { Select } from "../parts/Select.tsx";
import { readCard } from "../scanning/card.ts";
import { Scanner } from "../scanning/Scanner.tsx";
import type { Version } from "../sync/catalogue.ts";
import { say } from "../words/index.ts";
import { type Draft, OTHERS, ofCard, type Who as Typed, wrongIn } from "./draft.ts";
import { agencies, competentFor } from "./offices.ts";
import { Person } from "./Person.tsx";
import type { StepAsked } from "./Registering.tsx";

type Asked = Omit<StepAsked, "done">;
type Part = "owner" | "filer";
/** Fields that are a text. */
type Text = "phone" | "hamlet" | "landmark" | "address";

/** Who owns it, who files, and where they are: by their cards, or typed. */
export function Who({ draft, version, offices, usual, go }: Asked) {
  const { wrong, busy, ask } = useAsking();
  const reading = useSignal<Part | null>(null);
  const filled = useSignal<Part | null>(null);
  const text = (name: Text) => field(draft, name);

  function take(code: string): boolean {
    const part = reading.value!;
    const card = readCard(code);
    reading.value = null;
    wrong.value = card ? null : say("noCard");
    filled.value = card ? part : null;
    if (card) {
      const address = draft.value.address || (part === "owner" ? card.address : "");
      draft.value = { ...draft.value, [part]: ofCard(card), address };
    }
    return true;
  }

  if (reading.value) {
    const leave = () => {
      reading.value = null;
    };
    return <Scanner take={take} leave={leave} inside />;
  }

  const commune = draft.value.commune || usual || (offices.communes[0]?.code ?? "");
  const standing = { ...draft.value, commune };
  function keep(): string | null {
    const found = wrongIn(standing);
    if (found) return [found.of && say(found.of), say(found.wrong)].filter(Boolean).join(": ");
    draft.value = standing;
    go("cost");
    return null;
  }
  const whoFiles = {
    get value() {
      return draft.value.another ? "another" : "owner";
    },
    set value(next: string) {
      draft.value = { ...draft.value, another: next === "another" };
    },
  };
  const person = (part: Part) => (
    <Person
      legend={say(part)}
      readCard={say(part === "owner" ? "readCardOwner" : "readCardFiler")}
      who={who(draft, part)}
      filled={filled.value === part}
      read={() => {
        reading.value = part;
      }}
    />
  );
  return (
    <Form send={() => ask(async () => keep())}>
      {person("owner")}
      <Choice
        legend={say("whoFiles")}
        chosen={whoFiles}
        among={[
          ["owner", say("ownerFiles")],
          ["another", say("anotherFiles")],
        ]}
      />
      {draft.value.another && (
        <>
          {person("filer")}
          <Select
            label={say("whatRelation")}
            value={draft.value.relation}
            change={(relation) => change(draft, { relation })}
          >
            {[
              ["", say("chooseHere")],
              ...OTHERS.map((one) => [one, say(one === "representative" ? "representativeOf" : one)] as const),
            ]}
          </Select>
          <Authority version={version} relation={draft.value.relation} />
        </>
      )}
      <fieldset>
        <legend>{say("whereServed")}</legend>
        <Field label={say("tellPhone")} value={text("phone")} inputMode="tel" maxLength={19} />
        <Field label={say("hamletName")} value={text("hamlet")} maxLength={200} />
        <Field label={say("landmarkName")} value={text("landmark")} maxLength={400} />
        <Field label={say("addressName")} value={text("address")} maxLength={400} />
        <Select
          label={say("communeName")}
          value={commune}
          change={(next) => change(draft, { commune: next, competent: "" })}
        >
          {offices.communes.map((one) => [one.code, one.name])}
        </Select>
        <Select
          label={say("competentName")}
          value={competentFor(standing, version, offices, "")}
          change={(competent) => change(draft, { competent })}
        >
          {agencies(offices, version, commune).map((one) => [one.id, one.name])}
        </Select>
      </fieldset>
      <Send wrong={wrong.value} busy={busy.value} word={say("goOn")} />
    </Form>
  );
}

function change(draft: Signal<Draft>, what: Partial<Draft>): void {
  draft.value = { ...draft.value, ...what };
}

const who = (draft: Signal<Draft>, part: Part) => ({
  get value(): Typed {
    return draft.value[part];
  },
  set value(next: Typed) {
    change(draft, { [part]: next });
  },
});

const field = (draft: Signal<Draft>, name: Text) => ({
  get value(): string {
    return draft.value[name];
  },
  set value(next: string) {
    change(draft, { [name]: next });
  },
});

const SHOWN = {
  in_person: "ownerHimself",
  mandate: "showsMandate",
  certified_mandate: "showsCertified",
  introduction: "showsIntroduction",
} as const;

/** What whoever files for another has to show, where the catalogue says. */
function Authority({ version, relation }: { version: Version; relation: string }) {
  const { acting } = version.content;
  if (!acting || relation === "") return null;
  const row = acting.find((one) => one.who === relation) ?? acting.find((one) => one.who === "anyone");
  if (!row) return <p class="notice">{say("notAmongActing")}</p>;
  return row.authority === "none" ? null : <p class="notice">{say(SHOWN[row.authority])}</p>;
}
