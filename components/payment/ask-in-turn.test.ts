import { expect, test } from "vitest";
import { askInTurn } from "./ask-in-turn";

/** A question that is answered by hand. */
function aQuestion() {
  const open: (() => void)[] = [];
  let asked = 0;
  const ask = askInTurn(() => {
    asked += 1;
    return new Promise((resolve) => open.push(resolve));
  });
  const answer = async () => {
    open.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { ask, answer, getAsked: () => asked };
}

test("asks at once, and one at a time", async () => {
  const { ask, answer, getAsked } = aQuestion();
  ask();
  expect(getAsked()).toBe(1);
  await answer();
  ask();
  expect(getAsked()).toBe(2);
});

test("calls during a run bring one more run after it", async () => {
  const { ask, answer, getAsked } = aQuestion();
  ask();
  ask();
  ask();
  expect(getAsked()).toBe(1);
  await answer();
  expect(getAsked()).toBe(2);
  await answer();
  expect(getAsked()).toBe(2);
});
