/** Sealing for the centre of this phone's session. */
import type { components } from "../api";
import { centreNow } from "../device/clock.ts";
import { currentSession } from "../device/line.ts";
import type { Bytes } from "./bytes.ts";
import { seal } from "./sealing.ts";

type DatedKey = components["schemas"]["DatedKey"];

export async function sealForCentre(plain: Bytes): Promise<Bytes> {
  const session = await currentSession();
  if (!session) throw new Error("nothing is sealed on a phone that was not let in");
  return seal(keyInForce(session.seal_keys), plain);
}

/** With a clock that is far off, the newest. */
function keyInForce(keys: DatedKey[]): DatedKey {
  const now = centreNow();
  const ended = (key: DatedKey) => key.valid_to !== null && Date.parse(key.valid_to) <= now;
  const fit = keys.filter((key) => Date.parse(key.valid_from) <= now && !ended(key));
  const found = fit.at(-1) ?? keys.at(-1);
  if (!found) throw new Error("the centre gave no key to seal for");
  return found;
}
