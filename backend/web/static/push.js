// The button of the tracking page by which a browser is told what happens to the case (Push API). All words stand in
// the page: this only says which of them are shown. Without it, or where a browser cannot, the page is as it was.
"use strict";

(async () => {
  const box = document.getElementById("push");
  if (!box || !box.dataset.key || !("serviceWorker" in navigator)) return;
  if (!("PushManager" in window) || !("Notification" in window) || !window.isSecureContext) return;

  const page = `/t/${box.dataset.link}`;
  const button = box.querySelector("button[type=button]");
  const others = box.querySelector("form");
  let registration = await navigator.serviceWorker.getRegistration(page);
  // Another page's worker that would serve this one too is none of ours.
  if (registration && new URL(registration.scope).pathname !== page) registration = undefined;
  let subscription = registration ? await registration.pushManager.getSubscription() : null;

  const show = (state, detail = "") => {
    const now = [subscription ? "on" : "off", state];
    for (const one of box.querySelectorAll("[data-when]")) one.hidden = !now.includes(one.dataset.when);
    box.querySelector("[data-when=refused]").textContent = detail;
    button.disabled = state === "busy";
    box.hidden = button.hidden = false;
  };

  const count = (machines) => {
    for (const one of box.querySelectorAll("[data-count]")) one.textContent = String(machines);
    others.hidden = machines === 0;
  };

  const named = async (endpoint) => {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint)));
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const send = async (path, body, headers = {}) => {
    const answer = await fetch(page + path, { method: "POST", body, headers: { Accept: "application/json", ...headers } });
    const said = await answer.json();
    if (!answer.ok) throw Object.assign(new Error("refused"), { detail: `${said.title} ${said.detail}` });
    count(said.machines);
  };

  const forget = async () => {
    if (subscription) await subscription.unsubscribe();
    if (registration) await registration.unregister();
    subscription = null;
    registration = undefined;
  };

  const active = (one) =>
    new Promise((resolve) => {
      const worker = one.active || one.waiting || one.installing;
      const look = () => worker.state === "activated" && resolve();
      worker.addEventListener("statechange", look);
      look();
    });

  const turnOn = async () => {
    if ((await Notification.requestPermission()) !== "granted") return show("denied");
    registration = await navigator.serviceWorker.register("/t/worker.js", { scope: page });
    await active(registration);
    const key = Uint8Array.from(atob(box.dataset.key.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
    // One that was made for an older key of ours stands in the way of a new one.
    const before = await registration.pushManager.getSubscription();
    if (before) await before.unsubscribe();
    subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    const { endpoint, keys } = subscription.toJSON();
    const sent = { endpoint, keys: { p256dh: keys.p256dh, auth: keys.auth }, server_key: box.dataset.key };
    await send("/pushes", JSON.stringify(sent), { "Content-Type": "application/json" });
    show("");
  };

  const turnOff = async () => {
    await send("/pushes/stop", new URLSearchParams({ which: await named(subscription.endpoint) }));
    await forget();
    show("");
  };

  button.addEventListener("click", async () => {
    const on = subscription !== null;
    show("busy");
    try {
      await (on ? turnOff() : turnOn());
    } catch (error) {
      if (!on) await forget().catch(() => undefined);
      show(error.detail ? "refused" : "failed", error.detail);
    }
  });

  // The centre may have forgotten this browser since: stopped from another one, or given up by its push service.
  if (subscription && !box.dataset.known.split(" ").includes(await named(subscription.endpoint))) {
    await forget().catch(() => undefined);
  }
  show("");
})();
