/** Mã thanh toán, such as `DT6WG4J3NK`: made on the phone from its own block of numbers, exactly as the centre makes and
 * reads them (backend/fees/references.py says why so). */

const ALPHABET = "34679ACDEFGHJKMNPRTUWXY";
const BASE = ALPHABET.length;
const DIGITS = 7;
const ALL = BigInt(BASE) ** BigInt(DIGITS);
const SPREAD = 2_104_297_843n;
/** The inverse of 8, the weight of the check character, modulo 23. */
const UNWEIGHT = 3;

/** Of a number of a block. Throws for one that no block has. */
export function reference(number: number): string {
  if (!Number.isInteger(number) || number <= 0 || BigInt(number) >= ALL) throw new Error(`no reference ${number}`);
  let rest = (BigInt(number) * SPREAD) % ALL;
  const values: number[] = [];
  for (let digit = 0; digit < DIGITS; digit++) {
    values.unshift(Number(rest % BigInt(BASE)));
    rest /= BigInt(BASE);
  }
  const weighed = values.reduce((sum, value, at) => sum + (at + 1) * value, 0);
  const check = (((-weighed * UNWEIGHT) % BASE) + BASE) % BASE;
  return `DT${[...values, check].map((value) => ALPHABET[value]).join("")}`;
}
