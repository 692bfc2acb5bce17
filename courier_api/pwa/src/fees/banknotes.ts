/** Cash counted by kinds of notes. Pure. */

/** In circulation in Việt Nam, the largest first. Coins are not accepted by anybody any more. */
export const NOTES = [500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200] as const;

/** How many of each. */
export type Count = Readonly<Record<number, number>>;

export const NOTHING: Count = {};

export const sum = (count: Count): number => NOTES.reduce((total, note) => total + note * (count[note] ?? 0), 0);

/** Nobody carries more of one kind. */
export const MOST = 9999;
