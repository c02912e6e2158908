import { afterAll, beforeAll, beforeEach } from "vitest";
import { openTestDatabase } from "@/test/database/database";
import type { TestDatabase } from "@/test/database/database";
import { createWorld } from "./context";
import type { TestContext } from "./context";

/** Of the file that has called `beginAnew`; whoever imports them sees what stands in them at the moment. */
export let database: TestDatabase;
export let world: TestContext;

/** Gives a test file a database of its own, and each of its tests empty tables and a world without a past. */
export function setupTestContext(): void {
  beforeAll(async () => void (database = await openTestDatabase()));
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.truncate();
    world = await createWorld(database.db);
  });
}
