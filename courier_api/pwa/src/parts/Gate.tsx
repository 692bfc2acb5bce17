/** Before the day: one question on a page. */
import type { ComponentChildren } from "preact";
import icon from "../../../../backend/web/static/icon.svg";
import { choose, language, say } from "../words/index.ts";

export function GatePage({ title, lead, children }: { title: string; lead: string; children?: ComponentChildren }) {
  return (
    <main class="page gate">
      <img class="mark" src={icon} alt="" width="56" height="56" />
      <h1>{title}</h1>
      <p>{lead}</p>
      {children}
      <button type="button" class="plain" onClick={() => choose(language.value === "vi" ? "en" : "vi")}>
        {say("language")}
      </button>
    </main>
  );
}
