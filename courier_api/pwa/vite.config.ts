import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

const BASE = "/courier/";

/** Writes sw.js beside the built files, with the list of all of them: the whole app is kept before it is first used. */
function serviceWorker(): Plugin {
  let root = "";
  let out = "";
  return {
    name: "service-worker",
    apply: "build",
    configResolved(config) {
      root = config.root;
      out = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      const files = readdirSync(out, { recursive: true, encoding: "utf8" })
        .filter((file) => statSync(join(out, file)).isFile() && file !== "sw.js")
        .sort();
      const list = files.map((file) => {
        const digest = createHash("sha256")
          .update(readFileSync(join(out, file)))
          .digest("hex");
        return [`${BASE}${relative(".", file)}`, digest.slice(0, 16)];
      });
      const version = createHash("sha256").update(JSON.stringify(list)).digest("hex").slice(0, 16);
      let text = readFileSync(join(root, "src/sw.js"), "utf8");
      for (const [mark, value] of [
        ["__VERSION__", version],
        ["__FILES__", JSON.stringify(list)],
      ] as const) {
        // A mark that a formatter had changed would leave the phone with nothing kept: better no build.
        if (text.split(mark).length !== 2) throw new Error(`src/sw.js: ${mark} must stand there once`);
        text = text.replace(mark, () => value);
      }
      writeFileSync(join(out, "sw.js"), text);
    },
  };
}

/** What scanic's other detector needs lies on another server, which this app never asks: it is left out. */
function withoutModel(): Plugin {
  const asked = /import\([^()]*"\.\/scanic-mlDetector\.js"\)/;
  return {
    name: "without-model",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith("/scanic/dist/scanic.js")) return null;
      // A new version that asks in other words would bring it back: better no build.
      if (!asked.test(code)) throw new Error(`scanic: ${asked} must stand there`);
      return { code: code.replace(asked, "Promise.reject()"), map: null };
    },
  };
}

export default defineConfig({
  base: BASE,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: ["chrome94", "safari15.4"],
    sourcemap: false,
    // What the first script needs is asked for beside it: on a thin line each further round costs half a second. Parts
    // that come later lie on the phone by then.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, needed, { hostType }) => (hostType === "html" ? needed : []),
    },
  },
  plugins: [withoutModel(), serviceWorker()],
});
