/** The camera behind a `<video>`: asked for, shown, and given back when the screen goes. */
import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

export interface Camera {
  video: RefObject<HTMLVideoElement | null>;
  /** It is not there, or not allowed. */
  denied: Signal<boolean>;
  track: Signal<MediaStreamTrack | null>;
}

/** `shown`: called once the picture moves; `over` tells whether the screen is gone since. */
export function useCamera(
  width: number,
  height: number,
  shown?: (video: HTMLVideoElement, over: () => boolean) => unknown,
): Camera {
  const video = useRef<HTMLVideoElement>(null);
  const denied = useSignal(false);
  const track = useSignal<MediaStreamTrack | null>(null);

  useEffect(() => {
    let over = false;
    let stream: MediaStream | null = null;
    void look().catch(() => {
      denied.value = true;
    });

    async function look(): Promise<void> {
      const wanted = { facingMode: "environment", width: { ideal: width }, height: { ideal: height } };
      stream = await navigator.mediaDevices.getUserMedia({ video: wanted });
      const element = video.current;
      if (over || !element) return stop();
      track.value = stream.getVideoTracks()[0] ?? null;
      element.srcObject = stream;
      await element.play();
      await shown?.(element, () => over);
    }

    function stop(): void {
      for (const one of stream?.getTracks() ?? []) one.stop();
    }

    return () => {
      over = true;
      stop();
    };
  }, []);

  return { video, denied, track };
}
