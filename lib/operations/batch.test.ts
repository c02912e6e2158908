import { describe, expect, test } from "vitest";
import { createBatcher } from "./batch";

/** @param end no batch ends before it */
function aCounter(end: Promise<void> = Promise.resolve()) {
  const batches: number[][] = [];
  const one = createBatcher(async (items: number[]) => {
    batches.push(items);
    await end;
    if (items.includes(13)) throw new Error("unlucky");
    return items.map((item) => item * 10);
  }, 4);
  return { one, batches };
}

describe("createBatcher", () => {
  test("runs waiting calls as one batch of limited size, and gives each call its own result", async () => {
    const { one, batches } = aCounter();
    expect(await Promise.all([1, 2, 3, 4, 5, 6].map(one))).toEqual([10, 20, 30, 40, 50, 60]);
    expect(batches).toEqual([
      [1, 2, 3, 4],
      [5, 6],
    ]);
  });

  test("starts a second batch beside a running one once it is as large, and never a third", async () => {
    let end = () => {};
    const { one, batches } = aCounter(new Promise((resolve) => (end = resolve)));
    const turn = () => new Promise((done) => setImmediate(done));
    const first = [1, 2].map(one);
    await turn();
    const second = [one(3)];
    await turn();
    expect(batches).toEqual([[1, 2]]);
    second.push(one(4));
    await turn();
    const third = [5, 6].map(one);
    await turn();
    expect(batches).toEqual([
      [1, 2],
      [3, 4],
    ]);
    end();
    expect(await Promise.all([...first, ...second, ...third])).toEqual([10, 20, 30, 40, 50, 60]);
    expect(batches).toHaveLength(3);
  });

  test("continues after a failed batch, whose callers all get the error", async () => {
    const { one } = aCounter();
    const failures = await Promise.allSettled([12, 13, 14].map(one));
    expect(failures.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(await one(1)).toBe(10);
  });

  test("rejects the call of an item that has no result", async () => {
    const one = createBatcher(async (items: number[]) => items.slice(1));
    const both = await Promise.allSettled([one(1), one(2)]);
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  });
});
