import { describe, expect, test } from "vitest";
import { createBatcher } from "./batch";

function aCounter() {
  const batches: number[][] = [];
  const one = createBatcher(async (items: number[]) => {
    batches.push(items);
    await new Promise((done) => setTimeout(done, 5));
    if (items.includes(13)) throw new Error("unlucky");
    return items.map((item) => item * 10);
  }, 4);
  return { one, batches };
}

describe("work for many, asked for one by one", () => {
  test("takes what waits as one batch, never more than it may, and gives each its own result", async () => {
    const { one, batches } = aCounter();
    expect(await Promise.all([1, 2, 3, 4, 5, 6].map(one))).toEqual([10, 20, 30, 40, 50, 60]);
    expect(batches).toEqual([
      [1, 2, 3, 4],
      [5, 6],
    ]);
  });

  test("goes beside a batch that is under way once it is as large, and never three at a time", async () => {
    const { one, batches } = aCounter();
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
    expect(await Promise.all([...first, ...second, ...third])).toEqual([10, 20, 30, 40, 50, 60]);
    expect(batches).toHaveLength(3);
  });

  test("goes on after a batch that failed, whose callers all see why", async () => {
    const { one } = aCounter();
    const failures = await Promise.allSettled([12, 13, 14].map(one));
    expect(failures.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(await one(1)).toBe(10);
  });

  test("that forgets an item lets its caller know", async () => {
    const one = createBatcher(async (items: number[]) => items.slice(1));
    const both = await Promise.allSettled([one(1), one(2)]);
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  });
});
