/** A form that never leaves the page: what it does is done by the app. */
import type { ComponentChildren } from "preact";

interface Asked {
  send: () => unknown;
  children: ComponentChildren;
}

export function Form({ send, children }: Asked) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {children}
    </form>
  );
}

/** `id`: its own where a page has two forms. */
export function Wrong({ text, id = "wrong" }: { text: string | null; id?: string | undefined }) {
  return (
    <div role="alert" id={id}>
      {text && <p class="wrong">{text}</p>}
    </div>
  );
}

interface Last {
  word: string;
  wrong: string | null;
  busy: boolean;
  /** Where the page has another button that is pressed more often. */
  plain?: boolean;
  /** Of the sentence that says what is wrong, where a page has two forms. */
  id?: string;
}

/** Under a form: what is wrong, and the one button that does it. */
export function Send({ word, wrong, busy, plain, id }: Last) {
  return (
    <>
      <Wrong text={wrong} id={id} />
      <button type="submit" class={plain ? "" : "main"} aria-busy={busy}>
        {word}
      </button>
    </>
  );
}
