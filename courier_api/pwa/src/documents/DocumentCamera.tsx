/** Pages, one after the other: seen, shot, judged at once, and kept or taken again. */
import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { newId } from "../acts/ids.ts";
import { onItsWay } from "../parts/draft.ts";
import type { Corners } from "./corners.ts";
import { findPage } from "./edges.ts";
import { Live } from "./Live.tsx";
import { encoded, type Frame, judge, letGo, opened, type Picture, pictureOf, type Still, written } from "./picture.ts";
import type { Verdict } from "./quality.ts";
import { Shot } from "./Shot.tsx";

/** What is kept of a page beside its picture: how this phone saw it. */
export interface Seen extends Verdict {
  corners: Corners | null;
  by_hand: boolean;
}

interface Asked {
  title: string;
  /** What is said where the camera is not allowed. */
  denied?: string;
  /** What was done last, in words. */
  said: string | null;
  /** The picture that waits for a decision, and who keeps it through a killed tab. */
  still: Still | null;
  wait: (still: Still | null) => void;
  /** The page that is taken anew; else it is a new one. */
  page_id: string | null;
  /** The picture is kept when this resolves. */
  take: (page_id: string, picture: Picture, seen: Seen) => Promise<void>;
  leave: () => void;
}

export function DocumentCamera({ title, denied, said, still, wait, page_id, take, leave }: Asked) {
  const frame = useSignal<Frame | null>(null);
  const corners = useSignal<Corners | null>(null);
  const byHand = useSignal(false);
  const judged = useComputed(() => frame.value && judge(frame.value, corners.value));
  /** On its way to being a draft. */
  const coming = useRef<Promise<Still | null>>(Promise.resolve(null));

  useEffect(() => () => void (frame.value && letGo(frame.value)), []);

  useEffect(() => {
    if (!still || frame.value) return;
    corners.value = still.corners;
    byHand.value = still.by_hand;
    void opened(still).then((found) => {
      frame.value = found;
    });
  }, [still]);

  /** Judged before it is encoded, which takes longer; kept as a draft as soon as it is. */
  async function shot(taken: Frame): Promise<void> {
    corners.value = await findPage(taken.source, taken.width, taken.height);
    byHand.value = false;
    frame.value = taken;
    coming.current = encoded(taken, judged.value!.verdict).then((picture) => {
      if (frame.value !== taken) return null;
      const { value } = corners;
      const next = { page_id: page_id ?? newId(), ...written(picture), corners: value, by_hand: byHand.value };
      wait(next);
      return next;
    });
  }

  function move(placed: Corners): void {
    corners.value = placed;
    byHand.value = true;
    if (still) wait({ ...still, corners: placed, by_hand: true });
  }

  function again(): void {
    const gone = frame.value;
    frame.value = null;
    if (gone) letGo(gone);
    wait(null);
  }

  async function keep(): Promise<void> {
    const kept = still ?? (await coming.current);
    if (!kept || !judged.value) return;
    const seen = { ...judged.value.verdict, corners: corners.value, by_hand: byHand.value };
    await take(kept.page_id, pictureOf(kept), seen);
    again();
  }

  if (!frame.value || !judged.value)
    return still ? null : <Live title={title} denied={denied} said={said} shot={shot} leave={leave} />;
  const { verdict } = judged.value;
  return (
    <Shot
      title={title}
      frame={frame.value}
      saved={still !== null && onItsWay.value === 0}
      corners={corners.value}
      worst={verdict.bad[0] ?? null}
      move={move}
      again={again}
      keep={keep}
    />
  );
}
