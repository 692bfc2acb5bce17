/** The camera, looking for a code. Loaded when it is first needed; kept with the app, so it works without a network. */
import { useCamera } from "../device/camera.ts";
import { say } from "../words/index.ts";
import { Torch } from "./Torch.tsx";

const LONG_SIDE = 960;
const BETWEEN = 120;

interface Asked {
  /** Whether that code is one that was wanted; others are passed over. */
  take: (text: string) => boolean;
  leave: () => void;
  /** Within a page that has a title of its own. */
  inside?: boolean;
}

export function Scanner({ take, leave, inside }: Asked) {
  const { video, denied, track } = useCamera(1280, 720, look);

  async function look(element: HTMLVideoElement, over: () => boolean): Promise<void> {
    const { reader } = await import("./reader.ts");
    const read = await reader();
    while (!over()) {
      const text = await read(frameOf(element));
      if (!over() && text !== null && take(text)) {
        navigator.vibrate?.(80);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, BETWEEN));
    }
  }

  const looking = (
    <>
      {denied.value ? (
        <p class="wrong" role="alert">
          {say("cameraDenied")}
        </p>
      ) : (
        <>
          <video ref={video} class="viewfinder" playsInline muted aria-label={say("scanCode")} />
          <p>{say("cameraHint")}</p>
        </>
      )}
      <Torch track={track} />
      <button type="button" onClick={leave}>
        {say("typeInstead")}
      </button>
    </>
  );
  if (inside) return <section class="scanner">{looking}</section>;
  return (
    <main class="page">
      <h1>{say("scanCode")}</h1>
      {looking}
    </main>
  );
}

const canvas = document.createElement("canvas");

/** One frame at a time, no larger than codes need: the phone has two gigabytes for everything. */
function frameOf(video: HTMLVideoElement): ImageData {
  const scale = Math.min(1, LONG_SIDE / Math.max(video.videoWidth, video.videoHeight, 1));
  canvas.width = Math.max(1, Math.round(video.videoWidth * scale));
  canvas.height = Math.max(1, Math.round(video.videoHeight * scale));
  const brush = canvas.getContext("2d", { willReadFrequently: true })!;
  brush.drawImage(video, 0, 0, canvas.width, canvas.height);
  return brush.getImageData(0, 0, canvas.width, canvas.height);
}
