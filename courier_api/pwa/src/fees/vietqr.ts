/** VietQR, the code of a bank transfer (NAPAS 1.0; EMVCo): the same text as backend/fees/vietqr.py writes and reads.
 * Everything in it is printable ASCII: names go in without tone marks. */

import { bare } from "../words/text.ts";

export interface Transfer {
  /** Of the bank: six digits. */
  bin: string;
  account: string;
  /** Đồng. */
  amount: number;
  name: string;
  /** What the bank hands back. */
  reference: string;
}

const NAPAS = "A000000727";

export function encoded({ bin, account, amount, name, reference }: Transfer): string {
  const payee = field("00", NAPAS) + field("01", field("00", bin) + field("01", account)) + field("02", "QRIBFTTA");
  const text = [
    field("00", "01"),
    field("01", "12"),
    field("38", payee),
    field("53", "704"),
    field("54", String(amount)),
    field("58", "VN"),
    field("59", bare(name)),
    field("62", field("08", bare(reference))),
    "6304",
  ].join("");
  return text + crc(text);
}

function field(name: string, value: string): string {
  if (!/^[ -~]{0,99}$/.test(value)) throw new Error(`field ${name} cannot hold that`);
  return value === "" ? "" : `${name}${String(value.length).padStart(2, "0")}${value}`;
}

/** CRC-16/CCITT-FALSE: `123456789` -> `29B1`. */
export function crc(text: string): string {
  let sum = 0xffff;
  for (const letter of text) {
    sum ^= letter.charCodeAt(0) << 8;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x8000 ? (sum << 1) ^ 0x1021 : sum << 1;
    sum &= 0xffff;
  }
  return sum.toString(16).toUpperCase().padStart(4, "0");
}
