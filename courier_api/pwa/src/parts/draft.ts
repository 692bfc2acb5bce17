/** What is half filled in: kept with each touch, so that a page that is killed comes back as it was. */
import { type Signal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import * as lease from "../device/lease.ts";

export const DRAFT = "draft ";

/** How much that was touched is on its way to where it survives the page. */
export const onItsWay = signal(0);

/** In the order of the touches, also of two tabs: what was touched last is what comes back. */
const put = (shelf: string, value: unknown): Promise<void> =>
  navigator.locks.request(shelf, () => lease.put(shelf, value)) as Promise<void>;

/** The draft of a step. `start`: what it is before anything was touched. */
export function useDraft<Value>(name: string, start: Value): Signal<Value> {
  const draft = useMemo(() => signal(start), [name]);
  useEffect(() => {
    let touched = false;
    void lease.get<Value>(DRAFT + name).then((kept) => {
      if (kept !== undefined && !touched) draft.value = kept;
    });
    return draft.subscribe((value) => {
      if (value === start) return;
      touched = true;
      onItsWay.value += 1;
      void put(DRAFT + name, value).finally(() => {
        onItsWay.value -= 1;
      });
    });
  }, [name]);
  return draft;
}

/** The drafts that an act is made of, as what is forgotten in its own instant: a page that is killed finds both, or none. */
export const madeFrom = (...names: string[]): { forgets: string[] } => ({ forgets: names.map((name) => DRAFT + name) });

/** Of a step with a draft for each of its fields. */
export const madeFromFields = (step: string, ...fields: string[]): { forgets: string[] } =>
  madeFrom(...fields.map((field) => `${step} ${field}`));

export const dropDraft = (name: string): Promise<void> => lease.remove(DRAFT + name);
