/** The steps of one case's visit, in the order in which they are usually done; any order goes. Pure. */

import { sealedParcels } from "../giving/facts.ts";
import type { Step } from "../where.ts";
import type { Here } from "./here.ts";
import { GIVING, RESULT_GOES_OUT } from "./purpose.ts";
import { dueNow } from "./view.ts";

export interface Line {
  step: Step;
  done: boolean;
}

export function steps(here: Here): Line[] {
  return GIVING.has(here.part.purpose) ? giving(here) : taking(here);
}

function taking(here: Here): Line[] {
  const { view } = here;
  return [
    { step: "identity", done: view.identified },
    { step: "notice", done: view.noticed },
    { step: "consents", done: view.unasked.length === 0 },
    ...(here.forms.length > 0 ? [{ step: "declaration", done: isDeclared(here) } as const] : []),
    ...papers(here),
    { step: "money", done: isPaid(here) },
    { step: "signature", done: view.slipSigned },
    { step: "seal", done: isSealed(here) },
    { step: "end", done: false },
  ];
}

/** Identity, what is due, open and count, read and sign (F07). */
function giving(here: Here): Line[] {
  const { part, view } = here;
  const comesIn = part.take.length + part.see.length + view.papers.length + view.seen.length > 0;
  const owes = dueNow(view, part.purpose).length > 0 || view.collected > 0;
  const closed = RESULT_GOES_OUT.has(part.purpose) && sealedParcels(here).length > 0;
  return [
    { step: "identity", done: view.identified },
    ...(owes ? [{ step: "money", done: isSettled(here) } as const] : []),
    ...(comesIn ? papers(here) : []),
    ...(closed || view.opened.length > 0 ? [{ step: "opening", done: view.opened.length > 0 } as const] : []),
    { step: "receipt", done: view.slipSigned },
    { step: "handing", done: isGiven(here) },
    ...(view.opened.length > 0 && view.given.length === 0 ? [{ step: "reseal", done: false } as const] : []),
    ...(view.papers.length > 0 ? [{ step: "seal", done: isSealed(here) } as const] : []),
    ...(view.agreed.length > 0 ? [{ step: "consents", done: true } as const] : []),
    { step: "end", done: false },
  ];
}

function papers({ view }: Here): Line[] {
  const photographed =
    view.papers.length > 0 &&
    view.papers.every((paper) => (view.pages[paper.id] ?? 0) > 0 || view.deferred[paper.id] !== undefined);
  return [
    { step: "papers", done: view.papers.length + view.seen.length > 0 },
    { step: "photographs", done: photographed },
  ];
}

/** Every form was read back and signed as it was read. */
const isDeclared = ({ forms, view }: Here): boolean =>
  forms.every(({ document }) => view.declared.some((one) => one.document === document && one.signed));

/** Nothing is owed any more. */
export const isSettled = ({ view, part }: Here): boolean => dueNow(view, part.purpose).length === 0;

/** Nothing is owed, or a transfer is waited for: papers go on all the same (F09). */
export const isPaid = (here: Here): boolean => {
  const pending = new Set(here.view.transfer?.charge_ids);
  return dueNow(here.view, here.part.purpose).every((line) => pending.has(line.charge_id));
};

export const isSealed = ({ view }: Here): boolean =>
  view.papers.length > 0 && view.papers.every((paper) => paper.sealed);

export const isGiven = ({ view, part }: Here): boolean =>
  part.give.length > 0 && part.give.every((paper) => view.given.includes(paper.paper_id));
