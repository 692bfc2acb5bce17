/** The camera, for what is no page: a gate, a signed slip, a torn pouch. Pages are photographed by DocumentCamera. */
import { useSignal } from "@preact/signals";
import { useCamera } from "../device/camera.ts";
import { say } from "../words/index.ts";
import { encoded, type Frame, letGo, type Picture } from "./picture.ts";
import { NoCamera, Shutter } from "./Shutter.tsx";
import "./words.ts";

interface Asked {
  title: string;
  /** Whether everybody there agreed to be photographed. */
  people: boolean;
  /** The picture is kept when this resolves. */
  take: (picture: Picture) => Promise<void>;
  leave: () => void;
}

export function Camera({ title, people, take, leave }: Asked) {
  const { video, denied } = useCamera(2560, 1440);
  const taken = useSignal(0);

  async function shot(frame: Frame): Promise<void> {
    try {
      await take(await encoded(frame, { bad: [], doubtful: [] }));
      taken.value += 1;
    } finally {
      letGo(frame);
    }
  }

  if (denied.value) return <NoCamera word={say("cameraDeniedHere")} leave={leave} />;
  return (
    <>
      <h2>{title}</h2>
      {!people && <p class="notice">{say("nobodyInIt")}</p>}
      <video ref={video} class="viewfinder" playsInline muted aria-label={title} />
      <p role="status">{taken.value > 0 && say("pagesTaken", { n: taken.value })}</p>
      <Shutter video={video} shot={shot} leave={leave} />
    </>
  );
}
