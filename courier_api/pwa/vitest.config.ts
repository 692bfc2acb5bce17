/** Of its own, beside vite.config.ts: building the app needs no test runner. */
import { defineConfig, mergeConfig } from "vitest/config";
import app from "./vite.config.ts";

export default mergeConfig(
  app,
  defineConfig({
    test: {
      include: ["tests/**/*.test.ts"],
      environment: "node",
      setupFiles: ["tests/browser.ts"],
      restoreMocks: true,
      // A PIN is made to be slow.
      testTimeout: 60_000,
    },
  }),
);
