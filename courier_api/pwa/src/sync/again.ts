/** When the centre is asked again after it was not heard: two seconds later, then twice as long each time, fifteen at
 * most, never all phones at once. */

const LONGEST = 15_000;

let failures = 0;
let next: ReturnType<typeof setTimeout> | undefined;

/** `asked`: milliseconds that the centre wants to be left alone for. */
export function later(asked: number | null, call: () => void): void {
  failures += 1;
  const wait = Math.max(Math.min(LONGEST, 1000 * 2 ** failures), asked ?? 0);
  clearTimeout(next);
  next = setTimeout(call, wait * (0.75 + Math.random() / 2));
}

export function wasHeard(): void {
  failures = 0;
}

/** Whether the next try is already set. */
export const waits = (): boolean => failures > 0;
