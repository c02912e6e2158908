import { describe, expect, test } from "vitest";
import { findModeProblems } from "./process";

describe("findModeProblems", () => {
  const production = { NODE_ENV: "production" };

  test("finds none in development, and none once a mode is chosen", () => {
    expect(findModeProblems({ NODE_ENV: "development" })).toEqual([]);
    expect(findModeProblems({ ...production, DOKU_ENVIRONMENT: "production" })).toEqual([]);
    const withKey = { DOKU_ENVIRONMENT: "simulator", SIMULATOR_SECRET_KEY: "SK-of-this-installation" };
    expect(findModeProblems({ ...production, ...withKey })).toEqual([]);
  });

  test.each([
    [{}, "DOKU_ENVIRONMENT"],
    [{ DOKU_ENVIRONMENT: " " }, "DOKU_ENVIRONMENT"],
    [{ DOKU_ENVIRONMENT: "simulator" }, "SIMULATOR_SECRET_KEY"],
  ])("stops a production build with %j: %s", (env, name) => {
    expect(findModeProblems({ ...production, ...env })).toEqual([expect.stringContaining(name)]);
  });
});
