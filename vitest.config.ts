import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const alias = { "@": root.replace(/\/$/, ""), "server-only": `${root}node_modules/server-only/empty.js` };
/** A zone far from WIB with a quarter hour, so that a test that leans on the machine's zone fails. */
const env = { TZ: "Asia/Kathmandu" };
const databaseTests = "**/*.db.test.ts";
const elsewhere = ["node_modules/**", ".next/**", "e2e/**"];

export default defineConfig({
  resolve: { alias },
  test: {
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
          globalSetup: ["db/testing-cluster.ts"],
        },
      },
    ],
  },
});
