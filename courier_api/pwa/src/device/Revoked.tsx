import { useSignal } from "@preact/signals";
import { GatePage } from "../parts/Gate.tsx";
import { Kept } from "../parts/Kept.tsx";
import { say } from "../words/index.ts";
import { Enrol } from "./Enrol.tsx";

export function Revoked() {
  const again = useSignal(false);
  if (again.value) return <Enrol />;
  return (
    <GatePage title={say("revokedTitle")} lead={say("revokedLead")}>
      <Kept />
      <button
        type="button"
        onClick={() => {
          again.value = true;
        }}
      >
        {say("enrolAgain")}
      </button>
    </GatePage>
  );
}
