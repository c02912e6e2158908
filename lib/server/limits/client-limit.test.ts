import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientLimit, type Allowance } from "./client-limit";

const payments: Allowance[] = [
  { most: 5, seconds: 60 },
  { most: 20, seconds: 3600 },
];

/** A limit with a clock that the test moves, in seconds. */
function limited(allowances: Allowance[]) {
  let seconds = 0;
  const wait = clientLimit(allowances, () => seconds * 1000);
  let made = 0;
  return {
    wait,
    pass: (more: number) => void (seconds += more),
    /** One after another, each new. */
    many: (times: number, client = "a") => Array.from({ length: times }, () => wait(client, `new ${made++}`)),
  };
}

describe("a limit for each client", () => {
  test("lets through what it allows in a minute, then says how long to wait, and keeps its word", () => {
    const { many, pass } = limited(payments);
    expect(many(4)).toEqual([0, 0, 0, 0]);
    pass(10.5);
    expect(many(3)).toEqual([0, 50, 50]);
    pass(49);
    expect(many(1)).toEqual([1]);
    pass(1);
    expect(many(5)).toEqual([0, 0, 0, 0, 10]);
  });

  test("allows one client of ten thousand requests no more than twenty, and another is not held up", () => {
    const { many, pass, wait } = limited(payments);
    const answers = [];
    for (let second = 0; second < 3500; second += 10) {
      answers.push(...many(29));
      pass(10);
    }
    expect(answers).toHaveLength(10_150);
    expect(answers.filter((seconds) => seconds === 0)).toHaveLength(20);
    expect(wait("somebody else", "new")).toBe(0);
  });

  test("counts the same doing once, however often it is sent, also when all is used up", () => {
    const { wait, pass } = limited(payments);
    for (let time = 0; time < 50; time++) expect(wait("a", "order-1 1")).toBe(0);
    for (const order of ["order-2 1", "order-3 1", "order-4 1", "order-5 1"])
      expect(wait("a", order)).toBe(0);
    expect(wait("a", "order-6 1")).toBe(60);
    expect(wait("a", "order-1 1")).toBe(0);
    pass(60);
    expect(wait("a", "order-1 1")).toBe(0);
    expect([wait("a", "order-6 1"), wait("a", "order-7 1")]).toEqual([0, 0]);
  });

  test("counts what has no name each time", () => {
    const { wait } = limited([{ most: 2, seconds: 60 }]);
    expect([wait("a"), wait("a"), wait("a")]).toEqual([0, 0, 60]);
  });

  test("never allows more in any stretch of time, at whatever moments it is asked", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 90, noNaN: true }), { maxLength: 200 }), (pauses) => {
        const { many, pass } = limited([{ most: 3, seconds: 60 }]);
        let at = 0;
        const allowed: number[] = [];
        for (const pause of pauses) {
          pass(pause);
          at += pause;
          if (many(1)[0] === 0) allowed.push(at);
        }
        for (const from of allowed)
          expect(allowed.filter((each) => each >= from && each < from + 59.999).length).toBeLessThan(4);
      }),
    );
  });

  test("remembers ten thousand clients: a flood of addresses pushes out the one longest quiet, and nobody else", () => {
    const { wait } = limited([{ most: 1, seconds: 60 }]);
    wait("quiet", "1");
    wait("busy", "1");
    for (let client = 0; client < 9_998; client++) wait(`made up ${client}`, "1");
    expect([wait("quiet", "2"), wait("busy", "2")]).toEqual([60, 60]);
    wait("busy", "1");
    for (let client = 0; client < 9_000; client++) wait(`another ${client}`, "1");
    expect([wait("quiet", "2"), wait("busy", "2")]).toEqual([0, 60]);
  });
});
