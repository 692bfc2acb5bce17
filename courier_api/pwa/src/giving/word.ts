/** Mã nhận kết quả, as it is read out from the card. */

/** Six digits, the last of which checks the others (backend/parcels/codes.py). Whose it is only the centre can say. */
export function isWord(text: string): boolean {
  if (!/^[0-9]{6}$/.test(text)) return false;
  return [...text].reduce((sum, digit, place) => sum + (place + 1) * Number(digit), 0) % 11 === 0;
}
