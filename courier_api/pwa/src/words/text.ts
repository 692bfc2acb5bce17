/** Texts of people: the same gate and the same folding as at the centre. Pure. */

/** Drawn as nothing, or turning the writing round, whatever their category. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{DI}\u2800]/u;
const ALL_HIDDEN = new RegExp(HIDDEN, "gu");

export const hasHidden = (text: string): boolean => HIDDEN.test(text);

/** As it is kept: composed, without what nobody sees, single spaces. */
export const clean = (text: string): string =>
  text.normalize("NFC").replaceAll(/\s/g, " ").replaceAll(ALL_HIDDEN, "").replaceAll(/ +/g, " ").trim();

/** Without tone marks, đ as d: what a bank prints. */
export const bare = (text: string): string =>
  text
    .normalize("NFD")
    .replaceAll("đ", "d")
    .replaceAll("Đ", "D")
    .replaceAll(/\p{Mn}/gu, "");

/** The form two spellings share for search: no tone marks, đ as d, small letters, single spaces. */
export const folded = (text: string): string =>
  text
    .normalize("NFKD")
    .replaceAll(/[đĐðÐ]/g, "d")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .join(" ");
