import { beforeEach } from "vitest";
import { createTestContext } from "./context";
import type { TestContext } from "./context";
import { database, setupTestDatabase } from "./setup-database";

export { database };
/** Set for the test file that called `setupTestContext`; importers see the current value. */
export let context: TestContext;

/** Gives a test file its own database, and each of its tests empty tables and a fresh context. */
export function setupTestContext(): void {
  setupTestDatabase();
  beforeEach(async () => void (context = await createTestContext(database.db)));
}
