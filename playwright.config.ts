import { defineConfig } from "@playwright/test";
import { MISSING_CHROMIUM, browserArgs, findBrowser } from "./test/harness/browser";

const executablePath = findBrowser();
if (executablePath === undefined) throw new Error(MISSING_CHROMIUM);

/** Tests with two shop processes on one PostgreSQL. */
const twoShops = ["two-processes.spec.ts", "limits.spec.ts", "doku-messages.spec.ts"];
/** Tests with builds of their own: `npm test -- two-builds`. */
const twoBuilds = ["two-builds.spec.ts", "next-release.spec.ts"];

/** A shopper's phone, in Indonesia. */
export default defineConfig({
  testDir: "e2e",
  // Each worker has its own shop and simulator: the simulator's "DOKU is down" affects every test that uses it.
  workers: 2,
  fullyParallel: true,
  projects: [
    { name: "two shops", testMatch: twoShops, workers: 1 },
    { name: "two builds", testMatch: twoBuilds, workers: 1, fullyParallel: false },
    { name: "one shop", testIgnore: [...twoShops, ...twoBuilds] },
  ],
  retries: 0,
  forbidOnly: Boolean(process.env["CI"]),
  // A busy machine is slow. Tests of speed have their own limits.
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
    // The contrast of a colour cannot be measured during a transition.
    contextOptions: { reducedMotion: "reduce" },
    // What a service worker answers, a test cannot change; e2e/offline.spec.ts allows it.
    serviceWorkers: "block",
    // A trace takes an eighth of the time of a run.
    trace: process.env["TRACE"] ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
    launchOptions: { executablePath, args: browserArgs },
  },
});
