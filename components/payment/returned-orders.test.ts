import { describe, expect, test } from "vitest";
import { hasReturned, rememberReturn } from "./returned-orders";

function createStorage() {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  return () => storage;
}

const forbidden = (): never => {
  throw new Error("forbidden");
};

describe("hasReturned", () => {
  test("is true for an order whose page went back before, and for no other", () => {
    const getStorage = createStorage();
    expect(hasReturned("a", getStorage)).toBe(false);
    expect(rememberReturn("a", getStorage)).toBe(true);
    rememberReturn("b", getStorage);
    expect([
      hasReturned("a", getStorage),
      hasReturned("b", getStorage),
      hasReturned("c", getStorage),
    ]).toEqual([true, true, false]);
  });

  test("forgets the oldest of more than twenty orders", () => {
    const getStorage = createStorage();
    for (let order = 0; order <= 20; order += 1) rememberReturn(`order-${order}`, getStorage);
    expect([hasReturned("order-0", getStorage), hasReturned("order-1", getStorage)]).toEqual([false, true]);
  });

  test("is true where the browser keeps nothing, because a page must not go back twice", () => {
    expect(hasReturned("a", forbidden)).toBe(true);
    expect(rememberReturn("a", forbidden)).toBe(false);
  });
});
