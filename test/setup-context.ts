import { afterAll, beforeAll, beforeEach } from "vitest";
import { openTestDatabase } from "@/test/database/database";
import type { TestDatabase } from "@/test/database/database";
import { createTestContext } from "./context";
import type { TestContext } from "./context";

/** Set for the test file that called `setupTestContext`; importers see the current values. */
export let database: TestDatabase;
export let context: TestContext;

/** Gives a test file its own database, and each of its tests empty tables and a fresh context. */
export function setupTestContext(): void {
  beforeAll(async () => void (database = await openTestDatabase()));
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.truncate();
    context = await createTestContext(database.db);
  });
}
