import { expect, test } from "vitest";
import { problemCodes } from "./problem";
import { problemGuide } from "./problem-guide";

test("the guide says of every problem and no other what it means and what to do", () => {
  expect(Object.keys(problemGuide).toSorted()).toEqual(problemCodes.toSorted());
  for (const [code, { meaning, remedy }] of Object.entries(problemGuide)) {
    expect(meaning, code).toMatch(/^[A-Z`“].*\.$/s);
    expect(remedy, code).toMatch(/^[A-Z`“].*\.$/s);
    expect((meaning + remedy).split("`").length % 2, `backticks of ${code}`).toBe(1);
  }
});
