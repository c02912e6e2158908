import { defineConfig } from "@playwright/test";
import { addresses } from "./e2e/addresses.mjs";
import { findBrowser } from "./scripts/browser.mjs";

// Chromium's sandbox does not start as root, as which containers often run.
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

/** A shopper's phone, in Indonesia. */
export default defineConfig({
  testDir: "e2e",
  // The simulator's "DOKU is down" strikes everybody who visits it.
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env["CI"]),
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/journeys.json" }]],
  use: {
    baseURL: addresses.shop,
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    timezoneId: "Asia/Jakarta",
    locale: "id-ID",
    // A colour that is still on its way to another one has no contrast to measure.
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: await findBrowser(),
      args: [
        ...sandbox,
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    command: "node e2e/servers.mjs",
    url: addresses.ready,
    // By hand started servers spare the start while a journey is written; never what a run by itself uses.
    reuseExistingServer: Boolean(process.env["E2E_REUSE"]),
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
    timeout: 120_000,
  },
});
