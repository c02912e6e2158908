import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer } from "vitest/node";
import type { TestSpecification } from "vitest/node";
import { embeddedTests } from "./test/embedded-tests.ts";

const root = fileURLToPath(new URL(".", import.meta.url));
const alias = { "@": root.replace(/\/$/, ""), "server-only": `${root}node_modules/server-only/empty.js` };
/** A zone far from WIB with a quarter hour, so that a test that leans on the machine's zone fails. */
const env = { TZ: "Asia/Kathmandu" };
const databaseTests = "**/*.db.test.ts";
const elsewhere = ["node_modules/**", ".next/**", ".cache/**", "e2e/**"];
/** A machine that has other work takes its time; a test that hangs is still found within minutes. */
const patienceMs = 180_000;
/** What has been compiled once is read again from the disk, by its content, in the next run. */
const experimental = { fsModuleCache: true, fsModuleCachePath: ".cache/vitest" };

const isSimulation = ({ moduleId }: TestSpecification) => Number(moduleId.includes("/simulation/"));

/** What takes longest begins first, so that the other worker is not left waiting for it at the end. */
class SimulationFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => isSimulation(other) - isSimulation(one));
  }
}

export default defineConfig({
  resolve: { alias },
  test: {
    sequence: { sequencer: SimulationFirst },
    // Database tests wait more than they count: one worker for each core.
    maxWorkers: "100%",
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          env,
          experimental,
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [databaseTests, ...elsewhere],
          testTimeout: patienceMs,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "embedded",
          env: { ...env, TEST_DATABASE: "embedded" },
          experimental,
          include: process.env["TEST_EMBEDDED"] === "all" ? [databaseTests] : [...embeddedTests],
          exclude: elsewhere,
          testTimeout: patienceMs,
          hookTimeout: patienceMs,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "postgres",
          env: { ...env, TEST_DATABASE: "postgres" },
          experimental,
          include: [databaseTests],
          exclude: elsewhere,
          testTimeout: patienceMs,
          hookTimeout: patienceMs,
          globalSetup: ["test/database/cluster.ts"],
        },
      },
    ],
  },
});
