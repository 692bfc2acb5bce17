/** What visits are for. Pure. */

/** The courier brings something. */
export const GIVING: ReadonlySet<string> = new Set(["deliver", "exchange", "return_papers"]);
/** A result goes out. */
export const RESULT_GOES_OUT: ReadonlySet<string> = new Set(["deliver", "exchange"]);
