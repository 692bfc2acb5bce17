// Shows what is pushed about one case. It serves no page and keeps nothing: where it leads is the page it was
// registered for (`scope`), so no message has to carry the link.
"use strict";

const UNREADABLE = { text: "Hồ sơ có tin mới. Bấm để xem.", topic: "" };

self.addEventListener("push", (event) => {
  let told = UNREADABLE;
  try {
    told = event.data.json();
  } catch {
    // A browser that shows nothing for a push is stopped by its maker: better a general word than none.
  }
  event.waitUntil(
    self.registration.showNotification("Tận Nhà", {
      body: told.text,
      tag: told.topic,
      renotify: told.topic !== "",
      lang: "vi",
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(self.registration.scope));
});
