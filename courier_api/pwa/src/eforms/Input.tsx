/** One field: its name, what is there, where it came from, and what is wrong with it, in one sentence. */
import { Choice } from "../parts/Choice.tsx";
import { language, say } from "../words/index.ts";
import { type Field, type From, typeOf } from "./form.ts";
import { isDay, keys, shown, typed } from "./typing.ts";

interface Asked {
  name: string;
  field: Field;
  value: string;
  from: From | null;
  required: boolean;
  wrong: boolean;
  /** What a paper of the list is called. */
  paper: (component: string) => string;
  change: (value: string, from: From) => void;
}

const SOURCES = { card: "fromCard", case: "fromCase", said: "fromSaid", paper: "fromPaper" } as const;
export const sourceWords = (from: From): string => say(SOURCES[from]);

export function Input(props: Asked) {
  const { name, field, value, from, required, wrong, change } = props;
  const label = language.value === "en" ? field["x-en"] : field.title;
  return (
    <div class="asked" id={`field-${name}`}>
      {field.enum ? (
        <Choice legend={label} chosen={of(value, (next) => change(next, "said"))} among={choices(field)} />
      ) : (
        <Typed {...props} label={required ? label : `${label} (${say("mayStayEmpty")})`} />
      )}
      {value !== "" && from && <p class="soft from">{sourceWords(from)}</p>}
      <Offers {...props} />
      <div role="alert" id={`wrong-${name}`}>
        {wrong && <p class="wrong">{sentence(field, value)}</p>}
      </div>
    </div>
  );
}

/** What can be taken over by one touch: what most people say, and that it was copied. */
function Offers({ field, value, from, paper, change }: Asked) {
  const sources = field["x-sources"];
  const usual = sources.find((one) => one.usual)?.usual;
  const copied = sources.find((one) => one.from === "paper")?.component;
  return (
    <>
      {usual && value === "" && (
        <button type="button" class="small" onClick={() => change(usual, "said")}>
          {say("usualAnswer", { value: usual })}
        </button>
      )}
      {copied && value !== "" && from !== "paper" && (
        <button type="button" class="small" onClick={() => change(value, "paper")}>
          {say("copiedFrom", { paper: paper(copied) })}
        </button>
      )}
    </>
  );
}

function Typed({ name, field, value, wrong, label, change }: Asked & { label: string }) {
  const attributes = {
    id: `value-${name}`,
    value: shown(field, value),
    autocomplete: "off",
    autocapitalize: typeOf(field) === "name" ? "words" : "sentences",
    spellcheck: false,
    "aria-invalid": wrong,
    "aria-describedby": `wrong-${name}`,
    onInput: (event: { currentTarget: { value: string } }) => change(typed(field, event.currentTarget.value), "said"),
  } as const;
  return (
    <>
      <label for={attributes.id}>{label}</label>
      {isDay(field) && <p class="soft from">{say(typeOf(field) === "born" ? "bornTyped" : "dayTyped")}</p>}
      {typeOf(field) === "long" ? (
        <textarea rows={2} {...attributes} />
      ) : (
        <input type="text" inputMode={keys(field)} {...attributes} />
      )}
    </>
  );
}

const choices = (field: Field): [string, string][] =>
  (field.enum ?? []).map((value) => [value, field["x-words"]?.[value]?.[language.value] ?? value]);

/** As `Choice` wants it. */
const of = (value: string, change: (next: string) => void) => ({
  get value() {
    return value;
  },
  set value(next: string) {
    change(next);
  },
});

const WRONG = {
  text: "textTypedWrong",
  long: "textTypedWrong",
  name: "nameTypedWrong",
  date: "dateTypedWrong",
  born: "bornTypedWrong",
  number: "numberTypedWrong",
  identity: "identityTypedWrong",
  phone: "phoneTypedWrong",
  email: "emailTypedWrong",
  time: "timeTypedWrong",
  count: "countTypedWrong",
  choice: "notChosen",
} as const;

function sentence(field: Field, value: string): string {
  if (value.trim() === "") return say(field.enum ? "notChosen" : "notAsked");
  return say(WRONG[typeOf(field) as keyof typeof WRONG]);
}
