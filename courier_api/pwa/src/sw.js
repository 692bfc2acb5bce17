// @ts-check
/* Keeps the app's own files. Never touches /api: what people did lies in the phone's database, not here. */
const VERSION = "__VERSION__";
/** @type {[string, string][]} */
const FILES = JSON.parse(`__FILES__`);
const KEPT = `app-${VERSION}`;
const START = "/courier/index.html";

/** @param {string} path */
const named = (path) => path.startsWith("/courier/assets/"); // its content is in its name

addEventListener("install", (event) => event.waitUntil(keep()));

async function keep() {
  const cache = await caches.open(KEPT);
  await Promise.all(
    FILES.map(async ([path]) => {
      const known = named(path) ? await caches.match(path) : undefined;
      if (known) return cache.put(path, known);
      const answer = await fetch(path, { cache: named(path) ? "default" : "no-store" });
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      return cache.put(path, answer);
    }),
  );
}

addEventListener("activate", (event) => event.waitUntil(takeOver()));

async function takeOver() {
  for (const name of await caches.keys()) if (name.startsWith("app-") && name !== KEPT) await caches.delete(name);
  await clients.claim();
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || !url.pathname.startsWith("/courier")) return;
  event.respondWith(answer(request, url));
});

/** @param {Request} request @param {URL} url */
async function answer(request, url) {
  const cache = await caches.open(KEPT);
  return (await cache.match(request.mode === "navigate" ? START : url.pathname)) ?? fetch(request);
}

// A new version waits until the person says so: an app is not changed under somebody at a door.
addEventListener("message", (event) => {
  if (event.data === "take over") skipWaiting();
});

addEventListener("sync", (event) => event.waitUntil(nudge()));

async function nudge() {
  for (const client of await clients.matchAll({ type: "window" })) client.postMessage("send");
}
