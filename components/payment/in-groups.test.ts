import { expect, test } from "vitest";
import { inGroups } from "./in-groups";

test("splits a code of any length into groups of four without losing a digit", () => {
  expect(inGroups("6059000000000205")).toEqual(["6059", "0000", "0000", "0205"]);
  expect(inGroups("0012345")).toEqual(["0012", "345"]);
  expect(inGroups("1".repeat(25)).join("")).toBe("1".repeat(25));
});
