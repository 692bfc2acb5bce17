/** The citizen sees what changed hands, and signs for it with a finger. */

import { SignHere } from "../signing/SignHere.tsx";
import { say } from "../words/index.ts";
import { paperName, procedureName } from "./names.ts";
import { slipText } from "./slip.ts";
import type { StepProps } from "./step.tsx";

export function Signature({ here }: StepProps) {
  const { view, one } = here;
  const filer = one?.parties.some((party) => party.role === "filer") ? "filer" : "owner";
  if (view.slipSigned) return <p class="state">{say("signed")}</p>;
  const { lines } = slipText(view, procedureName(here), one?.owner_name ?? "", (component) =>
    paperName(here, component),
  );
  return (
    <SignHere
      here={here}
      document="slip"
      signer={view.met?.party ?? filer}
      lines={lines}
      inTheWay={() => (view.papers.length === 0 && view.collected === 0 ? say("nothingToSign") : null)}
      word={say("citizenSigned")}
    />
  );
}
