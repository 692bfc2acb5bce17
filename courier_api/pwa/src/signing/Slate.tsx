/** The field, and the button to sign again. */
import type { Signal } from "@preact/signals";
import type { RefObject } from "preact";
import { say } from "../words/index.ts";

interface Asked {
  canvas: RefObject<HTMLCanvasElement | null>;
  empty: Signal<boolean>;
  clear: () => void;
  lead: string;
}

export function Slate({ canvas, empty, clear, lead }: Asked) {
  return (
    <>
      <p id="sign-here">{lead}</p>
      <canvas ref={canvas} class="slate" aria-labelledby="sign-here" />
      <button type="button" class="small" disabled={empty.value} onClick={clear}>
        {say("signAgain")}
      </button>
    </>
  );
}
