/** The two buttons under what a camera sees: taken, or done. One picture at a time. */
import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { say } from "../words/index.ts";
import { type Frame, frameOf } from "./picture.ts";

interface Asked {
  video: RefObject<HTMLVideoElement | null>;
  /** The picture is wanted no more when this resolves. */
  shot: (frame: Frame) => Promise<void>;
  leave: () => void;
}

export function Shutter({ video, shot, leave }: Asked) {
  const busy = useSignal(false);

  async function shoot(): Promise<void> {
    const element = video.current;
    if (busy.value || !element || element.videoWidth === 0) return;
    busy.value = true;
    try {
      navigator.vibrate?.(40);
      await shot(frameOf(element));
    } finally {
      busy.value = false;
    }
  }

  return (
    <div class="pair shutter">
      <button type="button" onClick={leave}>
        {say("pagesDone")}
      </button>
      <button type="button" class="main" aria-busy={busy.value} onClick={() => void shoot()}>
        {say("takePicture")}
      </button>
    </div>
  );
}

/** In the place of what it would see. */
export function NoCamera({ word, leave }: { word: string; leave: () => void }) {
  return (
    <>
      <p class="wrong" role="alert">
        {word}
      </p>
      <button type="button" onClick={leave}>
        {say("close")}
      </button>
    </>
  );
}
