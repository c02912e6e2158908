import { expect, test } from "vitest";
import { isStaleScript, mayReload, saveTyped, takeFields, takeTyped } from "./after-update";

function createStorage() {
  const held = new Map<string, string>();
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
}

const typed = { path: "/checkout/1", at: 1000, fields: [["name", "Sari"]] as [string, string][] };

test("what was typed comes back once, after the page loaded itself again", () => {
  const storage = createStorage();
  saveTyped(storage, typed);
  expect(mayReload(storage, "/checkout/1", 2000)).toBe(true);
  expect(takeTyped(storage, "/checkout/1", 3000)).toMatchObject({ fields: [["name", "Sari"]] });
  expect(takeTyped(storage, "/checkout/1", 4000)).toBeUndefined();
});

test("what was typed does not come back after any other load, on another page, or late", () => {
  const storage = createStorage();
  saveTyped(storage, typed);
  expect(takeTyped(storage, "/checkout/1", 3000)).toBeUndefined();
  expect(mayReload(storage, "/checkout/1", 2000)).toBe(true);
  expect(takeTyped(storage, "/checkout/1", 3000)).toMatchObject({ fields: [] });

  saveTyped(storage, typed);
  expect(mayReload(storage, "/pay/1", 2000)).toBe(true);
  expect(takeTyped(storage, "/pay/1", 3000)).toMatchObject({ fields: [] });

  saveTyped(storage, typed);
  expect(mayReload(storage, "/checkout/1", 400_000)).toBe(true);
  expect(takeTyped(storage, "/checkout/1", 400_001)).toMatchObject({ fields: [] });
});

test("what was typed comes back once into a form that was sent back, on its page alone", () => {
  const storage = createStorage();
  saveTyped(storage, typed);
  expect(takeFields(storage, "/checkout/1", 3000)).toEqual([["name", "Sari"]]);
  expect(takeFields(storage, "/checkout/1", 3000)).toEqual([]);
  saveTyped(storage, typed);
  expect(takeFields(storage, "/pay/1", 3000)).toEqual([]);
});

test("a page loads itself again once in a minute at most", () => {
  const storage = createStorage();
  expect(mayReload(storage, "/checkout/1", 0)).toBe(true);
  takeTyped(storage, "/checkout/1", 1000);
  expect(mayReload(storage, "/checkout/1", 2000)).toBe(false);
  expect(mayReload(storage, "/checkout/2", 2000)).toBe(true);
  expect(mayReload(storage, "/checkout/1", 62_001)).toBe(true);
});

test.each([
  ["ChunkLoadError", "x", true],
  ["Error", "Failed to load chunk /_next/static/chunks/1.js", true],
  ["TypeError", "error loading dynamically imported module: /x.js", true],
  ["TypeError", "Importing a module script failed.", true],
  ["TypeError", "Failed to fetch", false],
  ["Error", "x is undefined", false],
])("tells an error of a script that is gone from others: %s, %s", (name, message, stale) => {
  expect(isStaleScript(Object.assign(new Error(message), { name }))).toBe(stale);
});
