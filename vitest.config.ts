import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer } from "vitest/node";
import type { TestSpecification } from "vitest/node";

const root = fileURLToPath(new URL(".", import.meta.url));
const alias = { "@": root.replace(/\/$/, ""), "server-only": `${root}node_modules/server-only/empty.js` };
/** A zone far from WIB with a quarter hour, so that a test that leans on the machine's zone fails. */
const env = { TZ: "Asia/Kathmandu" };
const databaseTests = "**/*.db.test.ts";
const elsewhere = ["node_modules/**", ".next/**", "e2e/**"];

const isTrial = ({ moduleId }: TestSpecification) => Number(moduleId.includes("/trials/"));

/** What takes longest begins first, so that the other worker is not left waiting for it at the end. */
class TrialsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const sorted = await super.sort(files);
    return sorted.toSorted((one, other) => isTrial(other) - isTrial(one));
  }
}

export default defineConfig({
  resolve: { alias },
  test: {
    sequence: { sequencer: TrialsFirst },
    // Database tests wait more than they count: one worker for each core.
    maxWorkers: "100%",
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          env,
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: [databaseTests, ...elsewhere],
          // Thousands of random cases take their time on a machine that has other work.
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "embedded",
          env: { ...env, TEST_DATABASE: "embedded" },
          include: [databaseTests],
          exclude: elsewhere,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "postgres",
          env: { ...env, TEST_DATABASE: "postgres" },
          include: [databaseTests],
          exclude: elsewhere,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          globalSetup: ["test/database/cluster.ts"],
        },
      },
    ],
  },
});
