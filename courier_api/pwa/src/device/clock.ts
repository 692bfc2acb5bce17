/** This phone's clock may be wrong by a minute or a year: the centre's time is measured with every answer. */

let ahead: number | null = null;

/** Milliseconds the centre is ahead of this clock; null before it was ever measured. */
export const measured = (): number | null => ahead;

/** Remembers what was measured before this app was started. */
export function remember(milliseconds: number | null): void {
  ahead = milliseconds;
}

/** `told`: the centre's time, as an answer said it; `asked`: this phone's clock when it was asked. */
export function measure(told: string, asked: number): void {
  const at = Date.parse(told);
  if (!Number.isNaN(at)) ahead = Math.round(at - (asked + Date.now()) / 2);
}

/** Milliseconds since 1970 in the centre's time, as far as this phone knows. */
export const centreNow = (): number => Date.now() + (ahead ?? 0);

/** The same of an instant that this phone wrote down by its own clock. */
export const corrected = (at: number): number => at + (ahead ?? 0);

const DAY = 24 * 3600 * 1000;
const VIETNAM = 7 * 3600 * 1000;

/** The day an instant belongs to, `yyyy-mm-dd`: fixed +07:00, whatever the phone's zone. */
export function localDate(at: number = centreNow()): string {
  return new Date(at + VIETNAM).toISOString().slice(0, 10);
}

/** `hh:mm` in Việt Nam. */
export function localTime(at: number = centreNow()): string {
  return new Date(at + VIETNAM).toISOString().slice(11, 16);
}

/** The instant of `hh:mm` on a day, in Việt Nam. */
export const instant = (day: string, time: string): number => Date.parse(`${day}T${time}:00+07:00`);

export const later = (day: string, days: number): string => localDate(instant(day, "12:00") + days * DAY);
