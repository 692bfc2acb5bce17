/** Pages that carry a signature: photographed, and no page of any paper that was taken. Pure. */

const SIGNED = "signed_";

export const signedPage = (document: string): string => SIGNED + document;
export const isSignedPage = (component: unknown): boolean => String(component).startsWith(SIGNED);
