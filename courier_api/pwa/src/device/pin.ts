/** Which PINs are taken. Pure. */

export const DIGITS = /^[0-9]{6}$/;

/** One digit six times, a run up or down in equal steps, two or three digits again and again: tried first. */
export function isEasy(pin: string): boolean {
  const steps = new Set(Array.from(pin.slice(1), (digit, place) => (Number(digit) - Number(pin[place]) + 10) % 10));
  const repeats = pin.slice(0, 2).repeat(3) === pin || pin.slice(0, 3).repeat(2) === pin;
  return steps.size === 1 || repeats;
}
