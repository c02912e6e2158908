import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createClientLimit } from "./client-limit";

/** A limit with a clock that the test moves, in seconds. */
function limited(maxEvents: number) {
  let seconds = 0;
  const wait = createClientLimit({ maxEvents, seconds: 60 }, () => seconds * 1000);
  return {
    wait,
    advanceClock: (more: number) => void (seconds += more),
    many: (times: number) => Array.from({ length: times }, () => wait("a")),
  };
}

describe("createClientLimit", () => {
  test("allows events up to its limit, then says exactly how long to wait", () => {
    const { many, advanceClock, wait } = limited(5);
    expect(many(4)).toEqual([0, 0, 0, 0]);
    advanceClock(10.5);
    expect(many(3)).toEqual([0, 50, 50]);
    expect(wait("another")).toBe(0);
    advanceClock(49);
    expect(many(1)).toEqual([1]);
    advanceClock(1);
    expect(many(5)).toEqual([0, 0, 0, 0, 10]);
  });

  test("never allows more in any window, at whatever times it is called", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 90, noNaN: true }), { maxLength: 200 }), (pauses) => {
        const { wait, advanceClock } = limited(3);
        let at = 0;
        const allowed: number[] = [];
        for (const pause of pauses) {
          advanceClock(pause);
          at += pause;
          if (wait("a") === 0) allowed.push(at);
        }
        for (const from of allowed)
          expect(allowed.filter((each) => each >= from && each < from + 59.999).length).toBeLessThan(4);
      }),
    );
  });

  test("remembers ten thousand clients, and drops the least recently active one for a new one", () => {
    const { wait, advanceClock } = limited(1);
    wait("quiet");
    wait("busy");
    for (let client = 0; client < 9_998; client++) wait(`made up ${client}`);
    expect([wait("quiet"), wait("busy")]).toEqual([60, 60]);
    advanceClock(60);
    wait("busy");
    for (let client = 0; client < 9_000; client++) wait(`another ${client}`);
    for (let client = 0; client < 500; client++) wait(`a third ${client}`);
    expect([wait("quiet"), wait("busy")]).toEqual([0, 60]);
  });
});
