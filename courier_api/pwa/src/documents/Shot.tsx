/** The picture just taken: what is wrong with it in one sentence, where its corners are, and what becomes of it. */
import { useEffect, useRef } from "preact/hooks";
import { useAsking } from "../parts/asking.ts";
import { Wrong } from "../parts/Form.tsx";
import { say } from "../words/index.ts";
import type { Corners } from "./corners.ts";
import { Handles } from "./Handles.tsx";
import type { Frame } from "./picture.ts";
import type { Fault } from "./quality.ts";

/** Where handles begin when nobody found the page. */
const SOMEWHERE: Corners = [
  [1500, 1500],
  [8500, 1500],
  [8500, 8500],
  [1500, 8500],
];
const SHOWN = 1000;

interface Asked {
  title: string;
  frame: Frame;
  /** It survives the page. */
  saved: boolean;
  corners: Corners | null;
  /** What is wrong with it, if anything is. */
  worst: Fault | null;
  move: (corners: Corners) => void;
  again: () => void;
  keep: () => Promise<void>;
}

export function Shot({ title, frame, saved, corners, worst, move, again, keep }: Asked) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { wrong, busy, ask } = useAsking();

  useEffect(() => {
    const shown = canvas.current!;
    const scale = Math.min(1, SHOWN / Math.max(frame.width, frame.height));
    shown.width = Math.round(frame.width * scale);
    shown.height = Math.round(frame.height * scale);
    shown.getContext("2d")!.drawImage(frame.source, 0, 0, shown.width, shown.height);
  }, [frame]);

  const use = (
    <button type="button" class={worst ? "" : "main"} aria-busy={busy.value} onClick={() => void ask(keep)}>
      {say(worst ? "useAnyway" : "usePicture")}
    </button>
  );
  const retake = (
    <button type="button" class={worst ? "main" : ""} onClick={() => busy.value || again()}>
      {say("retake")}
    </button>
  );
  return (
    <>
      <h2>{title}</h2>
      <div role="status">
        {worst ? (
          <p class="wrong">{say(worst)}</p>
        ) : (
          <p class={corners ? "state" : "notice"}>{say(corners ? "pictureGood" : "noEdges")}</p>
        )}
      </div>
      <div class="seen">
        <canvas ref={canvas} role="img" aria-label={say("pictureTaken")} />
        <Handles corners={corners ?? SOMEWHERE} move={move} />
      </div>
      <p class="soft">
        {say("dragCorners")} {say(saved ? "pictureHeld" : "pictureComing")}
      </p>
      <Wrong text={wrong.value} />
      <div class="pair shutter">
        {worst ? use : retake}
        {worst ? retake : use}
      </div>
    </>
  );
}
