/** Where a house is, as it is said in the delta: hamlet, landmark, then whatever else is known. Pure. */
import type { Stop } from "./stops.ts";

export function place(stop: Pick<Stop, "hamlet" | "landmark" | "address">): string {
  return [stop.address, stop.hamlet, stop.landmark].filter((part) => part !== "").join(", ");
}
