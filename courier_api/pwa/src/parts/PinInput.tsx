/** Six digits, on the number keys, never shown and never offered to be saved. */
import type { Signal } from "@preact/signals";
import { Field } from "./Field.tsx";

export function PinInput({ label, value, wrong }: { label: string; value: Signal<string>; wrong: boolean }) {
  return (
    <Field label={label} value={value} wrong={wrong} class="pin" type="password" inputMode="numeric" maxLength={6} />
  );
}
