/** Sơ đồ tuyến: where the houses lie to each other. No street: there is no map without a network. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { whereNow } from "../device/place.ts";
import { today } from "../state.ts";
import { back, go } from "../where.ts";
import { say } from "../words/index.ts";
import { place } from "./place.ts";
import { type Point, type Sketch, type Spot, sketch } from "./sketch.ts";

export function SketchPage() {
  const own = useSignal<Point | null>(null);
  useEffect(() => {
    void whereNow().then((found) => {
      if (found) own.value = found;
    });
  }, []);
  const { next, rest } = today.value;
  const stops = next ? [next, ...rest] : rest;
  const drawn = sketch(stops, own.value);
  return (
    <main class="page">
      <h1>{say("sketch")}</h1>
      {drawn ? (
        <>
          <Drawing drawn={drawn} />
          <p class="soft">{say("sketchLead")}</p>
          <ol class="list">
            {drawn.spots.map((spot) => (
              <Line key={spot.stop.visit_id} spot={spot} />
            ))}
          </ol>
          {drawn.spots.length < stops.length && (
            <p class="notice">{say("notOnSketch", { n: stops.length - drawn.spots.length })}</p>
          )}
        </>
      ) : (
        <p class="notice">{say("noMarks")}</p>
      )}
      <button type="button" onClick={back}>
        {say("back")}
      </button>
    </main>
  );
}

/** The list below says the same in words. */
function Drawing({ drawn }: { drawn: Sketch }) {
  const { width, height, spots, here, scale } = drawn;
  const bottom = height - 8;
  return (
    <svg class="sketch" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <polyline points={spots.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ")} />
      {here && <circle class="here" cx={here.x} cy={here.y} r="19" />}
      {spots.map(({ stop, number, x, y }) => (
        <g key={stop.visit_id}>
          <circle cx={x} cy={y} r="13" />
          <text x={x} y={y + 5}>
            {number}
          </text>
        </g>
      ))}
      <path d={`M8 ${bottom - 5}V${bottom}H${(8 + scale.length).toFixed(1)}V${bottom - 5}`} />
      <text class="at-left" x="12" y={bottom - 8}>
        {far(scale.metres)}
      </text>
      <path d={`M${width - 14} 26V8L${width - 19} 15M${width - 14} 8L${width - 9} 15`} />
      <text x={width - 14} y="40">
        {say("northMark")}
      </text>
    </svg>
  );
}

function Line({ spot: { stop, number, from } }: { spot: Spot }) {
  return (
    <li class="line">
      <p class="head">
        <span>
          {number}. {stop.window}
        </span>
        <span>{stop.name}</span>
      </p>
      <p class="soft">{place(stop)}</p>
      {from && <p>{say("onward", { far: far(from.metres), towards: say(from.towards) })}</p>}
      <button type="button" class="small" onClick={() => go({ at: "visit", visit: stop.visit_id })}>
        {say("openOf", { name: stop.name })}
      </button>
    </li>
  );
}

const far = (metres: number): string =>
  metres < 1000 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1000).toFixed(1).replace(".", ",")} km`;
