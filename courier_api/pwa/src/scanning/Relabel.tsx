/** Thay nhãn (F01): a torn label gives way to that of another set. Same parcel, same hands; the citizen keeps the card. */
import "../documents/words.ts";
import { useSignal } from "@preact/signals";
import { does } from "../acts/tell.ts";
import { mayShowPeople } from "../consents/answers.ts";
import { Camera } from "../documents/Camera.tsx";
import { keepPicture } from "../incidents/doing.ts";
import { useAsking } from "../parts/asking.ts";
import { madeFromFields, useDraft } from "../parts/draft.ts";
import { Field } from "../parts/Field.tsx";
import { Form, Send } from "../parts/Form.tsx";
import { day, notes } from "../state.ts";
import { back } from "../where.ts";
import { say } from "../words/index.ts";
import { REFUSED } from "./label.ts";
import { labelOf } from "./next.ts";
import { Scanner } from "./Scanner.tsx";
import { judged } from "./stock.ts";

const MOST_PICTURES = 4;
const NONE: string[] = [];

export function Relabel({ case_id, parcel_id }: { case_id: string; parcel_id: string }) {
  const { wrong, busy, ask } = useAsking();
  const draft = `relabel ${parcel_id}`;
  const label = useDraft(`${draft} label`, "");
  const number = useDraft(`${draft} number`, "");
  const pictures = useDraft(`${draft} pictures`, NONE);
  const open = useSignal<"form" | "scanner" | "camera">("form");
  const leave = () => {
    open.value = "form";
  };

  async function keep(): Promise<string | null> {
    const found = await judged(label.value);
    if (found !== "mine") return say(REFUSED[found]);
    if (number.value.trim() === "") return say("sealNumberFirst");
    const replaces = day.value && labelOf(parcel_id, day.value, notes.value);
    const body = { parcel_id, label: label.value, seal_number: number.value.trim(), photographs: pictures.value };
    const drafts = madeFromFields(draft, "label", "number", "pictures");
    await does("relabel", case_id, body, { beside: { shown: replaces ? { replaces } : {}, ...drafts } });
    return null;
  }

  if (open.value === "scanner")
    return (
      <Scanner
        take={(text) => {
          label.value = text;
          leave();
          return true;
        }}
        leave={leave}
      />
    );
  if (open.value === "camera")
    return (
      <main class="page">
        <Camera
          title={say("bothLabels")}
          people={mayShowPeople(day.value, [case_id], notes.value)}
          take={async (picture) => {
            pictures.value = [...pictures.value, await keepPicture(picture)].slice(-MOST_PICTURES);
          }}
          leave={leave}
        />
      </main>
    );
  return (
    <main class="page">
      <h1>{say("relabel")}</h1>
      <p>{say("relabelLead")}</p>
      <Form send={async () => (await ask(keep)) && back()}>
        <button
          type="button"
          onClick={() => {
            open.value = "camera";
          }}
        >
          {say("bothLabels")}
        </button>
        <p role="status">{pictures.value.length > 0 && say("pagesTaken", { n: pictures.value.length })}</p>
        <button
          type="button"
          onClick={() => {
            open.value = "scanner";
          }}
        >
          {say("scanNewLabel")}
        </button>
        <Field label={say("newLabel")} value={label} autocapitalize="characters" />
        <Field label={say("sealNumber")} value={number} maxLength={20} autocapitalize="characters" />
        <Send word={say("relabelIt")} wrong={wrong.value} busy={busy.value} />
      </Form>
      <button type="button" onClick={back}>
        {say("back")}
      </button>
    </main>
  );
}
