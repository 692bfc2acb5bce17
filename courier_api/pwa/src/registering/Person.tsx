/** Somebody who is written down: by the code on the card, or typed. */
import { Field } from "../parts/Field.tsx";
import { say } from "../words/index.ts";
import type { Who } from "./draft.ts";

interface Asked {
  legend: string;
  /** On the button that reads their card. */
  readCard: string;
  who: { value: Who };
  /** By the card that was just read. */
  filled: boolean;
  read: () => void;
}

export function Person({ legend, readCard, who, filled, read }: Asked) {
  const of = (name: "name" | "born" | "number") => ({
    get value(): string {
      return who.value[name];
    },
    set value(next: string) {
      // The old number is of the card whose number this was.
      const old = name === "number" ? null : who.value.old;
      who.value = { ...who.value, old, [name]: next };
    },
  });
  return (
    <fieldset>
      <legend>{legend}</legend>
      <button type="button" onClick={read}>
        {readCard}
      </button>
      <p class="state" role="status">
        {filled && say("cardFilled")}
      </p>
      <Field label={say("personName")} value={of("name")} autocapitalize="words" maxLength={200} />
      <Field label={say("personBorn")} value={of("born")} maxLength={10} />
      <Field label={say("personNumber")} value={of("number")} inputMode="numeric" maxLength={15} />
    </fieldset>
  );
}
