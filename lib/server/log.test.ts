import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, test } from "vitest";
import { summaryOf } from "./log";

test("a log line says what failed and none of the values that it failed with", () => {
  const cause = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const failed = new DrizzleQueryError("select $1", ["anton@example.com"], cause);
  expect(summaryOf(failed)).toBe("Error ECONNREFUSED: connect ECONNREFUSED");
  expect(summaryOf(new DrizzleQueryError("select $1", ["anton@example.com"]))).not.toContain("anton");
  expect(summaryOf("anton@example.com")).toBe("not an error");
});
