/** Where in the app the courier is. The phone's own "back" goes back; a page that was killed comes back to its place. */
import { signal } from "@preact/signals";

export type Step =
  | "identity"
  | "mandate"
  | "notice"
  | "consents"
  | "declaration"
  | "papers"
  | "photographs"
  | "money"
  | "signature"
  | "seal"
  | "slip"
  | "opening"
  | "receipt"
  | "handing"
  | "reseal"
  | "end";

export type Where =
  | { at: "today" }
  | { at: "my code" }
  | { at: "sketch" }
  /** `label`: what was read last. */
  | { at: "scan"; label?: string }
  | { at: "on this phone" }
  /** `thing`: the only one that is meant. */
  | { at: "at the post"; thing?: string }
  | { at: "pictures due" }
  | { at: "relabel"; case: string; parcel: string }
  | { at: "registering" }
  | { at: "shift" | "begin shift" | "pay in" | "close shift" }
  | { at: "incident" }
  | { at: "lengthen" }
  | { at: "sign out" }
  | { at: "visit"; visit: string }
  /** `label`: one that was read already. */
  | { at: "step"; visit: string; case: string; step: Step; label?: string };

const START: Where = { at: "today" };

export const where = signal<Where>((history.state as Where | null) ?? START);

export function go(next: Where): void {
  history.pushState(next, "");
  where.value = next;
  scrollTo(0, 0);
}

/** In the place of this page: "back" then leads to what was before it. */
export function instead(next: Where): void {
  history.replaceState(next, "");
  where.value = next;
  scrollTo(0, 0);
}

export function back(): void {
  if (history.state === null) go(START);
  else history.back();
}

addEventListener("popstate", (event) => {
  where.value = (event.state as Where | null) ?? START;
});
