/** The photograph of a paper of authority: no page of any paper that was taken. Pure. */
export const AUTHORITY_PAPER = "authority_paper";
