/** An amount of money in Vietnamese words, as slips say it: the same as backend/procedures/amounts.py. Pure. */

/** 999 tỷ and the rest: more is no fee. */
export const MOST = 999_999_999_999;
const DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"] as const;
const GROUPS = [
  [1_000_000_000, "tỷ"],
  [1_000_000, "triệu"],
  [1000, "nghìn"],
  [1, ""],
] as const;

/** 21000 -> `Hai mươi mốt nghìn đồng`. Throws outside 0 to MOST. */
export function inWords(amount: number): string {
  if (!Number.isInteger(amount) || amount < 0 || amount > MOST) throw new Error(`no amount ${amount}`);
  const read = amount === 0 ? DIGITS[0] : written(amount);
  return `${read[0]!.toUpperCase()}${read.slice(1)} đồng`;
}

function written(amount: number): string {
  const words: string[] = [];
  for (const [size, name] of GROUPS) {
    const group = Math.floor(amount / size) % 1000;
    if (group > 0) words.push(...threeDigits(group, words.length === 0), ...(name ? [name] : []));
  }
  return words.join(" ");
}

/** After others the hundreds are read even when there are none: một triệu không trăm lẻ năm. */
function threeDigits(group: number, leading: boolean): string[] {
  const [hundreds, tens, ones] = [Math.floor(group / 100), Math.floor(group / 10) % 10, group % 10];
  const words = hundreds > 0 || !leading ? [DIGITS[hundreds]!, "trăm"] : [];
  if (tens === 0)
    return [...words, ...(words.length > 0 && ones > 0 ? ["lẻ"] : []), ...(ones > 0 ? [DIGITS[ones]!] : [])];
  words.push(...(tens === 1 ? ["mười"] : [DIGITS[tens]!, "mươi"]));
  if (ones === 1 && tens > 1) return [...words, "mốt"];
  if (ones === 5) return [...words, "lăm"];
  return ones > 0 ? [...words, DIGITS[ones]!] : words;
}
