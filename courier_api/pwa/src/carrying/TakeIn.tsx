/** Nhận phần của máy khác, and what is carried: Mang hộ. */
import "./words.ts";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { shortOf } from "../device/identity.ts";
import { useAsking } from "../parts/asking.ts";
import { Wrong } from "../parts/Form.tsx";
import { now, synchronise } from "../state.ts";
import { type Load, loads } from "../sync/carried.ts";
import { say } from "../words/index.ts";
import { type Amiss, NotTaken } from "./container.ts";
import { takeIn } from "./taking.ts";

const SENTENCES = {
  foreign: "notTakenForeign",
  damaged: "notTakenDamaged",
  own: "notTakenOwn",
  "other centre": "notTakenOther",
} as const satisfies Record<Amiss, string>;

export function TakeIn() {
  const { wrong, busy, ask } = useAsking();
  const carried = useSignal<Load[]>([]);
  const taken = useSignal<string | null>(null);

  async function look(): Promise<void> {
    carried.value = await loads();
  }
  const seconds = Math.floor(now.value / 2000);
  useEffect(() => void look(), [seconds]);

  async function take(file: File): Promise<string | null> {
    taken.value = null;
    try {
      const { device, acts, files } = await takeIn(file);
      const name = shortOf(device);
      taken.value = acts + files > 0 ? say("takenIn", { acts, files, name }) : say("takenBefore", { name });
    } catch (error) {
      if (error instanceof NotTaken) return say(SENTENCES[error.amiss]);
      throw error;
    }
    await look();
    void synchronise();
    return null;
  }

  return (
    <section class="carrying" aria-labelledby="take-in">
      <h2 id="take-in">{say("takeIn")}</h2>
      <p class="soft">{say("takeInLead")}</p>
      <label class="button choose-file" aria-busy={busy.value}>
        {say("takeIn")}
        <input
          type="file"
          accept=".tnx,application/octet-stream"
          aria-describedby="take-in-wrong"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = "";
            if (file) void ask(() => take(file));
          }}
        />
      </label>
      <Wrong text={wrong.value} id="take-in-wrong" />
      <div role="status">{taken.value && <p class="state">{taken.value}</p>}</div>
      {carried.value.map((load) => (
        <p key={load.device} class={load.received < load.acts + load.files ? "notice" : "state"}>
          {say("carriedFor", { n: load.acts + load.files, name: shortOf(load.device) })} ·{" "}
          {say("carriedThere", { n: load.received })}
        </p>
      ))}
    </section>
  );
}
