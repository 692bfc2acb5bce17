/** Through a form part by part: on where a part is right, to the first thing that is missing or wrong at the end. */
import { useSignal } from "@preact/signals";
import { wrongFields } from "./checking.ts";
import { asked, type Filled, type Form, type Group } from "./form.ts";
import { tidy } from "./typing.ts";

export interface Draft {
  filled: Filled;
  /** Code of the part that is open; null: the first. */
  part: string | null;
  /** It is being read back. */
  reading: boolean;
}

export function useWalking(form: Form, { filled, part }: Draft, change: (next: Draft) => void) {
  /** The part in which was looked for what is wrong. */
  const looked = useSignal<string | null>(null);
  const groups = asked(form, filled.values);
  const place = Math.max(
    0,
    groups.findIndex((one) => one.code === part),
  );
  const group = groups[place]!;
  const amiss = wrongFields(form, tidy(form, filled));
  const wrongHere = amiss.filter((name) => group.fields.includes(name));

  function open({ code }: Group, reading = false): void {
    change({ filled: tidy(form, filled), part: code, reading });
    scrollTo(0, 0);
  }

  /** Also over what is missing here: it may be known to somebody who is asked later. */
  function skip(): void {
    const after = groups[place + 1];
    if (after) open(after);
    else finish();
  }

  function finish(): void {
    const there = groups.find((one) => one.fields.includes(amiss[0] ?? ""));
    open(there ?? group, !there);
    if (!there) return;
    looked.value = there.code;
    show(amiss[0]!);
  }

  function next(): void {
    looked.value = group.code;
    if (wrongHere.length > 0) show(wrongHere[0]!);
    else skip();
  }

  const before = place > 0 ? () => open(groups[place - 1]!) : null;
  const wrong: ReadonlySet<string> = new Set(looked.value === group.code ? wrongHere : []);
  return { group, place, count: groups.length, wrong, next, skip, before };
}

/** Leads to a field. */
export function show(name: string): void {
  requestAnimationFrame(() => {
    const place = document.getElementById(`field-${name}`);
    place?.scrollIntoView({ block: "center" });
    place?.querySelector<HTMLElement>("input, textarea")?.focus({ preventScroll: true });
  });
}
