/** Who taps twice means one thing. The second half of a double tap presses what the first half pressed, or nothing: never
 * what came under the finger meanwhile. */
import type { Where } from "../where.ts";

export interface Tap {
  /** What is pressed by it, if anything is. */
  pressed: unknown;
  page: Where;
}

/** `count`: which tap of a row this is, as the browser counts them; 0 by a key. */
export const isStray = (first: Tap | null, now: Tap, count: number): boolean =>
  count > 1 && first !== null && (first.pressed !== now.pressed || first.page !== now.page);

const PRESSED = "button, a, summary, input, select, textarea";

const pressedBy = (at: Element | null): Element | null => at?.closest("label") ?? at?.closest(PRESSED) ?? null;

/** `page`: which page the courier sees. */
export function tapsMeanOneThing(page: () => Where): void {
  let first: Tap | null = null;
  const look = (event: MouseEvent): void => {
    const now = { pressed: pressedBy(event.target as Element | null), page: page() };
    if (event.detail <= 1) first = now;
    else if (isStray(first, now, event.detail)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };
  document.addEventListener("click", look, { capture: true });
}
