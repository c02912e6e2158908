import { expect, test } from "vitest";
import type { UnsignedCount } from "@/db/queries/unsigned";
import { createUnsignedCounts } from "./unsigned-counts";

const message = (change: Partial<UnsignedCount> = {}): UnsignedCount => ({
  target: "notifications",
  reason: "bad_signature",
  network: "203.0.113.0/24",
  count: 1,
  firstAt: new Date("2026-11-21T05:10:00Z"),
  lastAt: new Date("2026-11-21T05:10:00Z"),
  headers: {},
  bodyDigest: "",
  ...change,
});

function collect(failing = false) {
  const saved: UnsignedCount[] = [];
  const failures: unknown[] = [];
  const counts = createUnsignedCounts({
    save: async (counts) => {
      if (failing) throw new Error("away");
      saved.push(...counts);
    },
    afterMs: 1,
    onFailure: (error) => failures.push(error),
  });
  return { counts, saved, failures };
}

test("a flood of one sender is saved as one sum", async () => {
  const { counts, saved } = collect();
  for (let index = 0; index < 10_000; index += 1) counts.add(message());
  await counts.flush();
  expect(saved).toMatchObject([{ count: 10_000, network: "203.0.113.0/24" }]);
});

test("a flood of many senders holds few sums, and loses no count", async () => {
  const { counts, saved } = collect();
  for (let index = 0; index < 10_000; index += 1) counts.add(message({ network: `10.${index}` }));
  await counts.flush();
  expect(saved.length).toBeLessThanOrEqual(201);
  expect(saved.reduce((sum, { count }) => sum + count, 0)).toBe(10_000);
});

test("sums are saved by themselves after a moment, and each once", async () => {
  const { counts, saved } = collect();
  counts.add(message());
  await expect.poll(() => saved.length).toBe(1);
  counts.add(message({ reason: "missing_header" }));
  await expect.poll(() => saved.length).toBe(2);
  await counts.flush();
  expect(saved).toHaveLength(2);
});

test("a database that is away makes no message fail", async () => {
  const { counts, failures } = collect(true);
  counts.add(message());
  await counts.flush();
  expect(failures).toHaveLength(1);
});

test("a slow database gets one statement at a time", async () => {
  let running = 0;
  let most = 0;
  let count = 0;
  const counts = createUnsignedCounts({
    save: async (some) => {
      most = Math.max(most, (running += 1));
      count += some.length;
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
    },
    afterMs: 1,
    onFailure: () => undefined,
  });
  for (let index = 0; index < 20; index += 1) {
    counts.add(message({ network: `10.${index}` }));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await counts.flush();
  expect([most, count]).toEqual([1, 20]);
});
