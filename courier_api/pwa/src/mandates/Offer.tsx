/** Where somebody comes whom the case lets act for nobody yet: they may show a paper. */

import type { Here } from "../visit/here.ts";
import { go } from "../where.ts";
import { say } from "../words/index.ts";

export function Offer({ here: { part } }: { here: Here }) {
  return (
    <button type="button" onClick={() => go({ at: "step", visit: part.visit_id, case: part.case_id, step: "mandate" })}>
      {say("mandate")}
    </button>
  );
}
