/** Whether everything that a day without a network needs lies on this phone. */
import { computed, signal } from "@preact/signals";
import { catalogue, forms, offices, told } from "../state.ts";

/** All of the app's own files are kept. */
export const appKept = signal(false);

export const ready = computed(() => {
  const named = told.value !== null && (told.value.catalogue === null || catalogue.value !== null);
  return named && forms.value !== null && offices.value !== null && appKept.value;
});
