/** One step of a case: its title, what is asked, and the way back. */
import "../consents/words.ts";
import "../documents/words.ts";
import "../giving/words.ts";
import "../mandates/words.ts";
import "../signing/words.ts";
import "../slip/words.ts";
import type { ComponentType } from "preact";
import { Consents } from "../consents/Consents.tsx";
import { Money } from "../fees/Money.tsx";
import { Handing } from "../giving/Handing.tsx";
import { Opening } from "../giving/Opening.tsx";
import { Receipt } from "../giving/Receipt.tsx";
import { Reseal } from "../giving/Reseal.tsx";
import { lazily } from "../parts/lazily.tsx";
import { Slip } from "../slip/Slip.tsx";
import { back, type Step, where } from "../where.ts";
import { say } from "../words/index.ts";
import { End } from "./End.tsx";
import { here } from "./here.ts";
import { Identity } from "./Identity.tsx";
import { Notice } from "./Notice.tsx";
import { procedureName } from "./names.ts";
import { Papers } from "./Papers.tsx";
import { Photographs } from "./Photographs.tsx";
import { Seal } from "./Seal.tsx";
import { Signature } from "./Signature.tsx";
import type { StepProps } from "./step.tsx";

const Mandate = lazily(async () => (await import("../mandates/Mandate.tsx")).Mandate);
const Declaration = lazily(async () => (await import("../eforms/Declaration.tsx")).Declaration);

const STEPS: Record<Step, ComponentType<StepProps>> = {
  identity: Identity,
  mandate: Mandate,
  notice: Notice,
  consents: Consents,
  declaration: Declaration,
  papers: Papers,
  photographs: Photographs,
  money: Money,
  signature: Signature,
  seal: Seal,
  slip: Slip,
  opening: Opening,
  receipt: Receipt,
  handing: Handing,
  reseal: Reseal,
  end: End,
};

export function StepPage() {
  const place = where.value;
  if (place.at !== "step") return null;
  const house = here(place.visit);
  const one = house.find((each) => each.part.case_id === place.case);
  if (!one) {
    back();
    return null;
  }
  const Shown = STEPS[place.step];
  return (
    <main class="page" key={`${place.case} ${place.step}`}>
      <header>
        <h1>{say(place.step)}</h1>
        <p class="soft">{[procedureName(one), one.one?.owner_name].filter(Boolean).join(" · ")}</p>
      </header>
      <Shown here={one} house={house} />
      <button type="button" onClick={back}>
        {say("back")}
      </button>
    </main>
  );
}
