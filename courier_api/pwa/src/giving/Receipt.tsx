/** Whoever receives sees what is given, and signs for it before it is theirs (F07). */

import { SignHere } from "../signing/SignHere.tsx";
import { paperName, procedureName } from "../visit/names.ts";
import { receiptText } from "../visit/slip.ts";
import type { StepProps } from "../visit/step.tsx";
import { say } from "../words/index.ts";

export function Receipt({ here }: StepProps) {
  const { view, one, part } = here;
  if (view.slipSigned) return <p class="state">{say("signed")}</p>;
  const { lines } = receiptText(part, view, procedureName(here), one?.owner_name ?? "", (component) =>
    paperName(here, component),
  );
  return (
    <SignHere
      here={here}
      document="hand_over"
      signer={view.met?.party ?? "owner"}
      lines={lines}
      inTheWay={() => (view.identified ? null : say("identityFirstGiving"))}
      word={say("receiverSigned")}
    />
  );
}
