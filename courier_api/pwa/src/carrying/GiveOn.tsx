/** Xuất phần chưa gửi: one file, for another phone to carry. */
import "./words.ts";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { shortOf } from "../device/identity.ts";
import { currentSession } from "../device/line.ts";
import { useAsking } from "../parts/asking.ts";
import { Wrong } from "../parts/Form.tsx";
import { counts } from "../state.ts";
import { say } from "../words/index.ts";
import { exported, type Given, handedOn } from "./giving.ts";

const MEGABYTE = 1024 * 1024;

export function GiveOn() {
  const { wrong, busy, ask } = useAsking();
  const name = useSignal("");
  const given = useSignal<Given | null>(null);
  const { saved, received } = counts.value;

  useEffect(() => {
    void currentSession().then((session) => {
      name.value = session ? shortOf(session.device) : "";
    });
  }, []);

  async function make(): Promise<string | null> {
    given.value = await exported();
    return given.value === null ? say("nothingToGiveOn") : null;
  }

  return (
    <section class="carrying" aria-labelledby="give-on">
      <h2 id="give-on">{say("giveOnTitle")}</h2>
      <p class="soft">{say("thisPhone", { name: name.value })}</p>
      {received < saved && <p>{say("giveOnLead")}</p>}
      <Wrong text={wrong.value} id="give-on-wrong" />
      {given.value === null ? (
        <button type="button" aria-busy={busy.value} onClick={() => void ask(make)}>
          {say("giveOn")}
        </button>
      ) : (
        <Ready given={given.value} />
      )}
    </section>
  );
}

function Ready({ given }: { given: Given }) {
  const { file } = given;
  const failed = useSignal(false);
  const gone = useSignal(false);
  const address = useSignal("");
  const can = navigator.canShare?.({ files: [file] }) ?? false;

  useEffect(() => {
    address.value = URL.createObjectURL(file);
    return () => URL.revokeObjectURL(address.value);
  }, [file]);

  async function share(): Promise<void> {
    try {
      await navigator.share({ files: [file] });
      await left();
    } catch {
      failed.value = true; // given up by the courier, or by the system
    }
  }

  async function left(): Promise<void> {
    await handedOn(given);
    gone.value = true;
  }

  const size = Math.max(file.size / MEGABYTE, 0.1)
    .toFixed(1)
    .replace(".", ",");
  return (
    <>
      <p class="state" role="status">
        {say("givenOnReady", { acts: given.acts.length, files: given.files.length, size })}
      </p>
      {can && (
        <button type="button" class="main" onClick={() => void share()}>
          {say("shareFile")}
        </button>
      )}
      <a class="button" href={address.value} download={file.name} onClick={() => void left()}>
        {say("saveFile")}
      </a>
      {failed.value && <p class="notice">{say("notShared")}</p>}
      {gone.value && <p class="notice">{say("givenOn")}</p>}
    </>
  );
}
