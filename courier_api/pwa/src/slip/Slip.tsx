/** What the citizen gets: shown in large letters, sent, or printed; also without a network. */
import "./words.ts";
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { currentSession } from "../device/line.ts";
import { useAsking } from "../parts/asking.ts";
import { useDraft } from "../parts/draft.ts";
import { Wrong } from "../parts/Form.tsx";
import { QrCode } from "../parts/QrCode.tsx";
import { cardAddress } from "../scanning/item.ts";
import { Scanner } from "../scanning/Scanner.tsx";
import { me, notes, offices } from "../state.ts";
import type { Here } from "../visit/here.ts";
import { feeOnPaper, onPaper, paperName, timeLimit } from "../visit/names.ts";
import type { StepProps } from "../visit/step.tsx";
import { say } from "../words/index.ts";
import { picture } from "./picture.ts";
import { type Sent, send } from "./sending.ts";
import { type Known, lines, type Sheet, sheetOf } from "./sheet.ts";

const SAID: Record<Sent, "slipShared" | "slipCopied" | "slipNotSent"> = {
  shared: "slipShared",
  copied: "slipCopied",
  nothing: "slipNotSent",
};

export function Slip({ here }: StepProps) {
  const { wrong, busy, ask } = useAsking();
  const large = useSignal(false);
  const roll = useSignal(false);
  const reading = useSignal(false);
  const said = useSignal<Sent | null>(null);
  const address = useDraft<string | null>(`slip ${here.part.visit_id} ${here.part.case_id}`, null);
  const sheet = sheetOf(here, notes.value, useKnown(here));
  if (!sheet) return <p class="notice">{say("noSlip")}</p>;

  function read(text: string): boolean {
    const found = cardAddress(text);
    reading.value = false;
    wrong.value = found ? null : say("noTrackingCard");
    if (found) address.value = found;
    return true;
  }

  async function print(on80mm: boolean): Promise<void> {
    roll.value = on80mm;
    // Drawn for that paper first.
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    window.print();
  }

  if (reading.value) {
    const leave = () => {
      reading.value = false;
    };
    return <Scanner take={read} leave={leave} inside />;
  }
  const all = lines(sheet);
  return (
    <>
      <Paper
        sheet={sheet}
        address={address.value}
        how={`slip${large.value ? " large" : ""}${roll.value ? " roll" : ""}`}
      />
      <p role="status">{said.value && say(SAID[said.value])}</p>
      <Wrong text={wrong.value} />
      <button
        type="button"
        class="main"
        aria-pressed={large.value}
        onClick={() => {
          large.value = !large.value;
          scrollTo(0, 0);
        }}
      >
        {say(large.value ? "showLess" : "showSlip")}
      </button>
      <button
        type="button"
        aria-busy={busy.value}
        onClick={() =>
          void ask(async () => {
            said.value = await send(all.join("\n"), () => picture(all, address.value));
          })
        }
      >
        {say("sendSlip")}
      </button>
      <div class="pair">
        <button type="button" onClick={() => void print(false)}>
          {say("printA4")}
        </button>
        <button type="button" onClick={() => void print(true)}>
          {say("printRoll")}
        </button>
      </div>
      {!address.value && (
        <>
          <p class="soft">{say("readCardLead")}</p>
          <button
            type="button"
            onClick={() => {
              reading.value = true;
            }}
          >
            {say("readTheCard")}
          </button>
        </>
      )}
    </>
  );
}

function useKnown(here: Here): Known {
  const unit = useSignal<string | null>(null);
  useEffect(() => {
    void currentSession().then((session) => {
      unit.value = session?.unit ?? null;
    });
  }, []);
  return {
    post: offices.value?.offices.find((one) => one.id === unit.value)?.name ?? null,
    courier: me.value?.name ?? "",
    badge: me.value?.badge ?? "",
    procedure: onPaper(here),
    paper: (component) => paperName(here, component),
    fee: (code) => feeOnPaper(here, code),
    time: timeLimit(here),
  };
}

function Paper({ sheet, address, how }: { sheet: Sheet; address: string | null; how: string }) {
  return (
    <article class={how} lang="vi">
      {sheet.post && <p>{sheet.post}</p>}
      <h2>{sheet.title}</h2>
      <Facts facts={sheet.facts} />
      {sheet.lists.map((list) => (
        <section key={list.head}>
          <h3>{list.head}</h3>
          {list.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </section>
      ))}
      {sheet.collected.map((slip) => (
        <section key={slip.number}>
          <h2>PHIẾU THU số {slip.number}</h2>
          <Facts facts={[...slip.lines, { name: "Cộng", value: slip.total }]} />
          <p>{slip.inWords}</p>
        </section>
      ))}
      {sheet.money.map((line) => (
        <p key={line} class="strong">
          {line}
        </p>
      ))}
      {sheet.next.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {address && <QrCode text={address} label={say("trackingCode")} />}
    </article>
  );
}

function Facts({ facts }: { facts: Sheet["facts"] }) {
  return (
    <dl>
      {facts.map(({ name, value }) => (
        <div key={`${name} ${value}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
