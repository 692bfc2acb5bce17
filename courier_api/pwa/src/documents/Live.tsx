/** What the camera sees, with the page's edges as the phone finds them. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { useCamera } from "../device/camera.ts";
import { Torch } from "../scanning/Torch.tsx";
import { say } from "../words/index.ts";
import type { Corners } from "./corners.ts";
import { findPage } from "./edges.ts";
import type { Frame } from "./picture.ts";
import { NoCamera, Shutter } from "./Shutter.tsx";

const LEAST_PAUSE = 250;
/** The finder rests three times as long as it works: a cheap phone stays quick to the touch. */
const RESTS = 3;

interface Asked {
  title: string;
  denied?: string | undefined;
  said: string | null;
  shot: (frame: Frame) => Promise<void>;
  leave: () => void;
}

export function Live({ title, denied: word, said, shot, leave }: Asked) {
  const { video, denied, track } = useCamera(2560, 1920, look);
  const edges = useSignal<Corners | null>(null);
  const shooting = useRef(false);

  async function look(element: HTMLVideoElement, over: () => boolean): Promise<void> {
    while (!over()) {
      const began = performance.now();
      if (!shooting.current) edges.value = await findPage(element, element.videoWidth, element.videoHeight);
      const took = performance.now() - began;
      await new Promise((resolve) => setTimeout(resolve, Math.max(LEAST_PAUSE, took * RESTS)));
    }
  }

  async function keep(frame: Frame): Promise<void> {
    shooting.current = true;
    try {
      await shot(frame);
    } finally {
      shooting.current = false;
    }
  }

  if (denied.value) return <NoCamera word={word ?? say("cameraDeniedForPages")} leave={leave} />;
  return (
    <>
      <h2>{title}</h2>
      <p class={said ? "state" : ""} role="status">
        {said ?? say("wholePage")}
      </p>
      <div class="seen">
        <video ref={video} playsInline muted aria-label={title} />
        <Outline corners={edges.value} />
      </div>
      <Torch track={track} />
      <Shutter video={video} shot={keep} leave={leave} />
    </>
  );
}

/** Over a picture, whatever size it is shown at. */
export function Outline({ corners }: { corners: Corners | null }) {
  return (
    <svg viewBox="0 0 10000 10000" preserveAspectRatio="none" aria-hidden="true">
      {corners && <polygon points={corners.map((corner) => corner.join(",")).join(" ")} />}
    </svg>
  );
}
