import { describe, expect, test } from "vitest";
import { isUniqueViolation, isUnavailable } from "./rows";

const failing = (code: string) => new Error("Failed query", { cause: Object.assign(new Error(), { code }) });

describe("isUnavailable and isUniqueViolation", () => {
  test.each([
    ...["ECONNREFUSED", "CONNECTION_ENDED", "CONNECT_TIMEOUT", "POOL_BUSY"],
    ...["57P01", "57P03", "53300", "53100", "08006", "55P03", "57014", "25006", "40001", "40P01"],
  ])("count %s as unavailable", (code) => {
    expect(isUnavailable(failing(code))).toBe(true);
  });

  test.each(["23505", "42703", "22P02", "23514"])("do not count %s as unavailable", (code) => {
    expect(isUnavailable(failing(code))).toBe(false);
  });

  test("recognise nothing in an error without a code", () => {
    for (const odd of [new Error("odd"), "odd", undefined, null, { code: 5 }]) {
      expect([isUnavailable(odd), isUniqueViolation(odd)]).toEqual([false, false]);
    }
  });

  test("end the search at an error that is its own cause", () => {
    const circle = new Error("circle");
    circle.cause = circle;
    expect(isUnavailable(circle)).toBe(false);
  });
});
