import { afterEach, expect, test } from "vitest";
import { changeAppearance } from "@/lib/operations/appearance/change-appearance";
import { database, setupTestDatabase } from "@/test/setup-database";
import { getAppearance, startAppearance } from "./appearance";

setupTestDatabase();

const change = (name: string) =>
  changeAppearance({ db: database.db, now: () => new Date() }, { values: { name }, actor: "staff:m" });
afterEach(() => void (globalThis.kodeBayarAppearance = undefined));

test("pages have the name of the settings while the database was never reached", () => {
  expect(getAppearance().name).toBe("Toko Senja");
});

test("a change is shown at once by the process that made it, and by the others soon", async () => {
  const [one, other] = [await startAppearance(database.database), await startAppearance(database.database)];
  expect([one.get().name, other.get().name]).toEqual(["Toko Senja", "Toko Senja"]);
  await change("Batik Sri");
  await one.publishChange();
  expect(one.get().name).toBe("Batik Sri");
  await expect.poll(() => other.get().name).toBe("Batik Sri");
});

test("a process that missed the message shows the change after a minute", async () => {
  let nowMs = 0;
  const cache = await startAppearance(database.database, () => nowMs);
  await change("Batik Sri");
  nowMs = 59_000;
  expect([cache.get().name, cache.get().name]).toEqual(["Toko Senja", "Toko Senja"]);
  nowMs = 61_000;
  cache.get();
  await expect.poll(() => cache.get().name).toBe("Batik Sri");
});
