/** Four corners on a picture, to be dragged by a finger or moved by keys. */
import { useSignal } from "@preact/signals";
import type { TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import { useId, useRef } from "preact/hooks";
import { say } from "../words/index.ts";
import { type Corner, type Corners, WHOLE } from "./corners.ts";
import { Outline } from "./Live.tsx";

const NAMES = ["topLeft", "topRight", "bottomRight", "bottomLeft"] as const;
const KEYS: Record<string, Corner> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** 10,000ths for each press; with Shift ten times as far. */
const STEP = 25;

interface Asked {
  corners: Corners;
  /** Once a finger is lifted, or a key pressed. */
  move: (corners: Corners) => void;
}

/** Where the finger met the handle, so that the corner does not jump under it. */
interface Held {
  at: number;
  dx: number;
  dy: number;
}

export function Handles({ corners, move }: Asked) {
  const layer = useRef<HTMLDivElement>(null);
  const hint = useId();
  const held = useRef<Held | null>(null);
  const moving = useSignal<Corners | null>(null);
  const shown = moving.value ?? corners;

  const placed = (at: number, [x, y]: Corner): Corners =>
    shown.map((corner, other): Corner => (other === at ? [within(x), within(y)] : corner)) as Corners;

  /** The place under the finger, in 10,000ths. */
  function under(event: TargetedPointerEvent<HTMLButtonElement>): Corner {
    const box = layer.current!.getBoundingClientRect();
    return [((event.clientX - box.left) * WHOLE) / box.width, ((event.clientY - box.top) * WHOLE) / box.height];
  }

  function grab(at: number, event: TargetedPointerEvent<HTMLButtonElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId);
    const [x, y] = under(event);
    held.current = { at, dx: shown[at]![0] - x, dy: shown[at]![1] - y };
  }

  function drag(event: TargetedPointerEvent<HTMLButtonElement>): void {
    const by = held.current;
    if (!by) return;
    const [x, y] = under(event);
    moving.value = placed(by.at, [x + by.dx, y + by.dy]);
  }

  function drop(): void {
    held.current = null;
    if (moving.value) move(moving.value);
    moving.value = null;
  }

  function press(at: number, event: TargetedKeyboardEvent<HTMLButtonElement>): void {
    const way = KEYS[event.key];
    if (!way) return;
    event.preventDefault();
    const far = event.shiftKey ? 10 * STEP : STEP;
    move(placed(at, [shown[at]![0] + way[0] * far, shown[at]![1] + way[1] * far]));
  }

  return (
    <div class="handles" ref={layer}>
      <Outline corners={shown} />
      <span id={hint} hidden>
        {say("cornerKeys")}
      </span>
      {NAMES.map((name, at) => (
        <button
          key={name}
          type="button"
          aria-label={say(name)}
          aria-describedby={hint}
          style={{ left: `${shown[at]![0] / 100}%`, top: `${shown[at]![1] / 100}%` }}
          onPointerDown={(event) => grab(at, event)}
          onPointerMove={drag}
          onPointerUp={drop}
          onPointerCancel={drop}
          onKeyDown={(event) => press(at, event)}
        />
      ))}
    </div>
  );
}

const within = (place: number): number => Math.max(0, Math.min(WHOLE, Math.round(place)));
