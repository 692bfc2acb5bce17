/** The phone's light, where the camera has one. */
import { type Signal, useSignal } from "@preact/signals";
import { say } from "../words/index.ts";

export function Torch({ track }: { track: Signal<MediaStreamTrack | null> }) {
  const lit = useSignal(false);
  const able = track.value?.getCapabilities?.() as { torch?: boolean } | undefined;

  async function light(): Promise<void> {
    lit.value = !lit.value;
    await track.value?.applyConstraints({ advanced: [{ torch: lit.value } as MediaTrackConstraintSet] });
  }

  if (!able?.torch) return null;
  return (
    <button type="button" aria-pressed={lit.value} onClick={() => void light()}>
      {say("torch")}
    </button>
  );
}
