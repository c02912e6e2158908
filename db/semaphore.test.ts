import { describe, expect, test } from "vitest";
import { isUnavailable } from "./rows";
import { createSemaphore } from "./semaphore";

const never = () => new Promise<string>(() => undefined);

describe("createSemaphore", () => {
  test("runs as much work at once as it has permits, and the next when one is released", async () => {
    const { run } = createSemaphore(2, 60_000);
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((done) => setTimeout(done, 5));
      return --inside;
    };
    await Promise.all(Array.from({ length: 20 }, () => run(work)));
    expect(most).toBe(2);
    expect(inside).toBe(0);
  });

  test("rejects work that waits too long, as unavailable", async () => {
    const { run } = createSemaphore(1, 20);
    void run(never);
    const failure = await run(() => Promise.resolve("in")).catch((error: unknown) => error);
    expect(isUnavailable(failure)).toBe(true);
  });

  test("loses no permit by rejected or failed work", async () => {
    const { run } = createSemaphore(1, 20);
    let leave: (value: string) => void = () => undefined;
    const first = run(() => new Promise<string>((done) => (leave = done)));
    await expect(run(never)).rejects.toThrow(/busy/);
    leave("left");
    await first;
    await expect(run(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await run(() => Promise.resolve("in"))).toBe("in");
    expect(await run(() => Promise.resolve("in again"))).toBe("in again");
  });

  test("starts no new work while it drains, and waits for running work for a limited time", async () => {
    const { run, drain } = createSemaphore(2, 1000);
    let leave: (value: string) => void = () => undefined;
    const inside = run(() => new Promise<string>((done) => (leave = done)));
    const drained = drain(60_000);
    await expect(run(never)).rejects.toThrow(/closed/);
    leave("left");
    await drained;
    expect(await inside).toBe("left");

    const stuck = createSemaphore(1, 1000);
    void stuck.run(never);
    await stuck.drain(20);
    await createSemaphore(1, 1000).drain(60_000);
  });
});
