/** A text that is typed: its name above, a large field below. */
interface Asked {
  label: string;
  value: { value: string };
  type?: "text" | "password";
  class?: string;
  inputMode?: "text" | "numeric" | "tel";
  maxLength?: number;
  autocomplete?: "off" | "username" | "current-password";
  autocapitalize?: "none" | "characters" | "words";
  /** Whether what stands there was found wrong; the sentence stands in `Wrong`. */
  wrong?: boolean;
  /** Called after each touch. */
  touched?: () => void;
}

/** Codes, numbers, names of accounts: nothing that a keyboard should put right. */
export function Field({ label, value, wrong, touched, ...more }: Asked) {
  // The types of `<input>` are one for each `type`; which of them this is, they cannot tell.
  const attributes: object = more;
  return (
    <label>
      {label}
      <input
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        {...attributes}
        value={value.value}
        onInput={(event) => {
          value.value = event.currentTarget.value;
          touched?.();
        }}
        aria-invalid={wrong ?? false}
        aria-describedby="wrong"
      />
    </label>
  );
}
