import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer } from "vitest/node";
import type { TestSpecification } from "vitest/node";
import { processTests, embeddedTests } from "./test/embedded-tests.ts";
import { timedTests } from "./test/timed-tests.ts";

const root = fileURLToPath(new URL(".", import.meta.url));
const alias = { "@": root.replace(/\/$/, ""), "server-only": `${root}node_modules/server-only/empty.js` };
/** A zone far from WIB and with a quarter hour, so that a test that depends on the machine's zone fails. */
const env = { TZ: "Asia/Kathmandu" };
const databaseTests = "**/*.db.test.ts";
const excluded = ["node_modules/**", ".next/**", ".cache/**", "e2e/**"];
/** A busy machine is slow; a test that hangs is still found within a run. */
const timeoutMs = 600_000;
/** One for each set of packages: Vitest empties the folder of another, also while a second run reads from it. */
const installed = createHash("sha256")
  .update(readFileSync(`${root}node_modules/.package-lock.json`))
  .digest("hex")
  .slice(0, 16);
/** Compiled files are cached on disk, by content. */
const experimental = { fsModuleCache: true, fsModuleCachePath: `.cache/vitest/${installed}` };

const isSimulation = ({ moduleId }: TestSpecification) => Number(moduleId.includes("/simulation/"));

/** The longest test file first, so that no worker waits for it at the end. */
class SimulationFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => isSimulation(other) - isSimulation(one));
  }
}

export default defineConfig({
  resolve: { alias },
  test: {
    // Here too: Vitest keeps its note of the packages where the first project's cache would be.
    experimental,
    sequence: { sequencer: SimulationFirst },
    // Database tests mostly wait: one worker for each core.
    maxWorkers: "100%",
    // With `isolate: false` in each project: loading the same modules again for each file would be half of the run. Each
    // file restores what it changes.
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          env,
          experimental,
          include: ["**/*.test.ts"],
          exclude: [databaseTests, ...timedTests, ...processTests, ...excluded],
          testTimeout: timeoutMs,
          hookTimeout: timeoutMs,
          isolate: false,
        },
      },
      {
        resolve: { alias },
        test: {
          // Apart from `unit`, with modules of its own: a provider and the hook that reads it must come from one load of
          // next-intl.
          name: "rendered",
          env,
          experimental,
          include: ["**/*.test.tsx"],
          exclude: excluded,
          testTimeout: timeoutMs,
          hookTimeout: timeoutMs,
          isolate: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "timed",
          env,
          experimental,
          include: [...timedTests],
          exclude: excluded,
          testTimeout: timeoutMs,
          hookTimeout: timeoutMs,
          isolate: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "embedded",
          env: { ...env, TEST_DATABASE: "embedded" },
          experimental,
          include: [
            ...(process.env["TEST_EMBEDDED"] === "all" ? [databaseTests] : embeddedTests),
            ...processTests,
          ],
          exclude: excluded,
          testTimeout: timeoutMs,
          hookTimeout: timeoutMs,
          isolate: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "postgres",
          env: { ...env, TEST_DATABASE: "postgres" },
          experimental,
          include: [databaseTests],
          exclude: excluded,
          testTimeout: timeoutMs,
          hookTimeout: timeoutMs,
          isolate: false,
          globalSetup: ["test/database/cluster.ts"],
        },
      },
    ],
  },
});
