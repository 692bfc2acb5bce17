/** The whole form, line by line and in large type, as it is read to the citizen. What is wrong is changed at once. */
import { useEffect } from "preact/hooks";
import { useAsking } from "../parts/asking.ts";
import { Form as Page, Send } from "../parts/Form.tsx";
import { say } from "../words/index.ts";
import { canSpeak, hush, speak, speaking } from "./aloud.ts";
import type { Filled, Form } from "./form.ts";
import { sourceWords } from "./Input.tsx";
import { parts } from "./lines.ts";

interface Asked {
  form: Form;
  filled: Filled;
  /** Leads to the field. */
  change: (part: string, name: string) => void;
  confirm: () => Promise<unknown>;
  leave: () => void;
}

export function ReadBack({ form, filled, change, confirm, leave }: Asked) {
  const { wrong, busy, ask } = useAsking();
  const read = parts(form, filled);
  const all = read.flatMap((part) => part.lines);
  useEffect(() => hush, []);

  return (
    <Page send={() => ask(confirm)}>
      <p>{say("readBackLead")}</p>
      {canSpeak() && (
        <button type="button" onClick={() => (speaking.value === null ? speak(all.map((one) => one.aloud)) : hush())}>
          {say(speaking.value === null ? "readAloud" : "stopReading")}
        </button>
      )}
      {read.map((part) => (
        <section key={part.code} lang="vi">
          <h2>{part.title}</h2>
          {part.lines.map((line) => (
            <div
              key={line.name}
              class="spoken"
              aria-current={all.indexOf(line) === speaking.value ? "true" : undefined}
            >
              <p>
                <span class="label">{line.label}</span>
                <strong>{line.text}</strong>
                <span class="soft from">{sourceWords(line.from)}</span>
              </p>
              <button
                type="button"
                class="small"
                aria-label={`${say("wrongHere")}: ${line.label}`}
                onClick={() => change(part.code, line.name)}
              >
                {say("wrongHere")}
              </button>
            </div>
          ))}
        </section>
      ))}
      <Send wrong={wrong.value} busy={busy.value} word={say("citizenConfirms")} />
      <button type="button" onClick={leave}>
        {say("backToFilling")}
      </button>
    </Page>
  );
}
