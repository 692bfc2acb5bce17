/** What goes on by itself while the app is open: sending, the clock, the lease, the next version. */
import { signal } from "@preact/signals";
import { appKept } from "./day/ready.ts";
import { centreNow } from "./device/clock.ts";
import * as lease from "./device/lease.ts";
import { onItsWay } from "./parts/draft.ts";
import * as state from "./state.ts";
import { waits } from "./sync/again.ts";
import { batteryLevel } from "./sync/outbox.ts";

const EVERY = 15_000;
const SECOND = 1000;

/** A newer app is here and waits until the courier says so. */
export const waitingVersion = signal<ServiceWorker | null>(null);

export async function begin(): Promise<void> {
  await state.look();
  void navigator.storage?.persist?.();
  void keepApp();
  addEventListener("online", () => void state.synchronise());
  addEventListener("offline", () => {
    state.heard.value = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void attend();
  });
  for (const touch of ["pointerdown", "keydown"]) addEventListener(touch, () => void touched(), { passive: true });
  setInterval(() => {
    state.now.value = centreNow();
  }, SECOND);
  setInterval(() => void attend(), EVERY);
  void attend();
}

/** A phone that was put down too long ago shows nothing more, also when the first thing it hears of is a finger. */
async function touched(): Promise<void> {
  if (await lease.touched()) await state.look();
}

async function attend(): Promise<void> {
  state.battery.value = await batteryLevel();
  await state.look();
  if (!waits()) await state.synchronise();
}

/** Without a service worker (a browser that has none) the app still works, but not without a network. */
async function keepApp(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  void navigator.serviceWorker.ready.then(() => {
    appKept.value = true;
  });
  const kept = await navigator.serviceWorker.register("/courier/sw.js", { scope: "/courier/", updateViaCache: "none" });
  const ask = (worker: ServiceWorker | null) => {
    if (worker && navigator.serviceWorker.controller) waitingVersion.value = worker;
  };
  ask(kept.waiting);
  kept.addEventListener("updatefound", () => {
    const worker = kept.installing;
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed") ask(worker);
    });
  });
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data === "send") void state.synchronise();
  });
}

/** The courier takes the newer app. What is being done lies on the shelves and comes back. */
export function takeNewVersion(): void {
  navigator.serviceWorker.addEventListener("controllerchange", reload, { once: true });
  waitingVersion.value?.postMessage("take over");
}

/** Not before what was touched last lies on the shelves. */
function reload(): void {
  if (onItsWay.value > 0) setTimeout(reload, 20);
  else location.reload();
}
