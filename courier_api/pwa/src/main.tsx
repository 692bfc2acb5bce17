import { render } from "preact";
import { App } from "./app.tsx";
import { begin } from "./awake.ts";
import { tapsMeanOneThing } from "./parts/twice.ts";
import { where } from "./where.ts";
import { choose, language } from "./words/index.ts";

// Without the last slash the page lies outside of what is kept for the time without a network.
if (location.pathname === "/courier") location.replace("/courier/");
choose(language.value);
tapsMeanOneThing(() => where.value);
render(<App />, document.getElementById("app")!);
void begin();
