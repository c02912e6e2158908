import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Db } from "@/db/database";
import { openTestDatabase } from "./database/database";
import type { TestDatabase } from "./database/database";

/** Set for the test file that called `setupTestDatabase`; importers see the current values. */
export let database: TestDatabase;
export let db: Db;

/** Gives a test file its own database, and each of its tests empty tables unless it wants to keep them. */
export function setupTestDatabase({ keepsRows = false } = {}): void {
  beforeAll(async () => {
    database = await openTestDatabase();
    db = database.db;
  });
  afterAll(() => database.close());
  if (!keepsRows) beforeEach(() => database.empty());
}
