import { defineConfig } from "@playwright/test";
import { MISSING_CHROMIUM, browserArgs, findBrowser } from "./test/harness/browser";

const executablePath = findBrowser();
if (executablePath === undefined) throw new Error(MISSING_CHROMIUM);

/** Journeys through two shop processes on one PostgreSQL. */
const twoShops = ["two-processes.spec.ts", "limits.spec.ts", "doku-messages.spec.ts"];

/** A shopper's phone, in Indonesia. */
export default defineConfig({
  testDir: "e2e",
  // Each worker has a shop and a simulator of its own: the simulator's "DOKU is down" strikes everybody who visits it.
  workers: 2,
  fullyParallel: true,
  projects: [
    { name: "two shops", testMatch: twoShops, workers: 1 },
    { name: "one shop", testIgnore: twoShops },
  ],
  retries: 0,
  forbidOnly: Boolean(process.env["CI"]),
  // A machine that has other work takes its time. What must be quick is measured in its own test.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/journeys.json" }]],
  use: {
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    timezoneId: "Asia/Jakarta",
    locale: "id-ID",
    // A colour that is still on its way to another one has no contrast to measure.
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    launchOptions: { executablePath, args: browserArgs },
  },
});
