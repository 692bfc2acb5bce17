/** The numbers of a label set: its own, which its label hides in an id, and the parcel's S10 number (UPU S10-12). As the
 * centre makes and reads them (backend/parcels/labels.py, codes.py). Pure. */
import { fromBase45 } from "./label.ts";

const ID = 8;
const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7];
const SERVICE = "TN";
const COUNTRY = "VN";

/** Of a label that was found genuine; null for what is no label. */
export function setNumber(label: string): number | null {
  const data = fromBase45(label);
  if (!data || data.length < ID) return null;
  const id = new DataView(data.buffer, data.byteOffset, ID);
  return (id.getUint32(0) ^ id.getUint32(4)) >>> 0;
}

/** null for what eight digits cannot say. */
export function itemNumber(number: number): string | null {
  const digits = String(number).padStart(8, "0");
  if (digits.length > 8 || number < 0) return null;
  const sum = WEIGHTS.reduce((all, weight, at) => all + weight * Number(digits[at]), 0);
  const rest = 11 - (sum % 11);
  return `${SERVICE}${digits}${rest === 10 ? 0 : rest === 11 ? 5 : rest}${COUNTRY}`;
}

/** As it stands on the set: five digits at least. */
export const setWritten = (number: number): string => String(number).padStart(5, "0");

/** The code of a citizen's card: the address of their page. null for anything else. */
export const cardAddress = (text: string): string | null =>
  /^https?:\/\/[^\s/?#]+\/t\/[A-Z2-7]{26}$/.test(text.trim()) ? text.trim() : null;
