/** The way to a spare phone, at the gates of a phone that was let in once. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { lazily } from "../parts/lazily.tsx";
import { say } from "../words/index.ts";
import { isLent, wasLetIn } from "./identity.ts";

const Borrow = lazily(async () => (await import("./Borrow.tsx")).Borrow);

/** `children`: the gate itself, with the button that is handed to it. */
export function Borrowing({ children }: { children: (way: ComponentChildren) => ComponentChildren }) {
  const may = useSignal(false);
  const here = useSignal(false);

  useEffect(() => {
    void Promise.all([wasLetIn(), isLent()]).then(([letIn, lent]) => {
      may.value = letIn && !lent;
    });
  }, []);

  if (here.value) {
    return (
      <Borrow
        leave={() => {
          here.value = false;
        }}
      />
    );
  }
  return (
    <>
      {children(
        may.value && (
          <button
            type="button"
            class="plain"
            onClick={() => {
              here.value = true;
            }}
          >
            {say("borrowTitle")}
          </button>
        ),
      )}
    </>
  );
}
