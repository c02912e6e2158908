import { describe, expect, test } from "vitest";
import { createGate } from "./postgres-pool";
import { isUnavailable } from "./rows";

const never = () => new Promise<string>(() => undefined);

describe("the gate in front of the pool", () => {
  test("lets in as many as there are connections, and the next when one leaves", async () => {
    const { enter } = createGate(2, 1000);
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((done) => setTimeout(done, 5));
      return --inside;
    };
    await Promise.all(Array.from({ length: 20 }, () => enter(work)));
    expect(most).toBe(2);
    expect(inside).toBe(0);
  });

  test("turns away who waits too long, as unavailable", async () => {
    const { enter } = createGate(1, 20);
    void enter(never);
    const failure = await enter(() => Promise.resolve("in")).catch((error: unknown) => error);
    expect(isUnavailable(failure)).toBe(true);
  });

  test("loses no place over those who were turned away, nor over work that failed", async () => {
    const { enter } = createGate(1, 20);
    let leave: (value: string) => void = () => undefined;
    const first = enter(() => new Promise<string>((done) => (leave = done)));
    await expect(enter(never)).rejects.toThrow(/busy/);
    leave("left");
    await first;
    await expect(enter(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await enter(() => Promise.resolve("in"))).toBe("in");
    expect(await enter(() => Promise.resolve("in again"))).toBe("in again");
  });

  test("drains: nothing new comes in, and it waits for what is inside, though not for ever", async () => {
    const { enter, drain } = createGate(2, 1000);
    let leave: (value: string) => void = () => undefined;
    const inside = enter(() => new Promise<string>((done) => (leave = done)));
    const drained = drain(60_000);
    await expect(enter(never)).rejects.toThrow(/closed/);
    leave("left");
    await drained;
    expect(await inside).toBe("left");

    const stuck = createGate(1, 1000);
    void stuck.enter(never);
    await stuck.drain(20);
    await createGate(1, 1000).drain(60_000);
  });
});
