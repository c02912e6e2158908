import { expect, test } from "vitest";
import { type Task, runTasks } from "./schedule";

type Constraints = Pick<Task<string>, "after" | "alone">;

/** Tasks that log when they begin and end; each takes 5 ms. */
function createTasks(constraints: Record<string, Constraints>): { tasks: Task<string>[]; log: string[] } {
  const log: string[] = [];
  const tasks = Object.entries(constraints).map(([name, own]) => ({
    ...own,
    name,
    run: async () => {
      log.push(`${name} begins`);
      await new Promise((done) => setTimeout(done, 5));
      log.push(`${name} ends`);
      return name;
    },
  }));
  return { tasks, log };
}

test("runs at most two tasks at a time and returns the results in the order of the tasks", async () => {
  const { tasks, log } = createTasks({ a: {}, b: {}, c: {} });
  expect(await runTasks(tasks, 2)).toEqual(["a", "b", "c"]);
  expect(log.slice(0, 2)).toEqual(["a begins", "b begins"]);
  expect(log.indexOf("c begins")).toBeGreaterThan(log.indexOf("a ends"));
});

test("starts a task only after those that it names in `after`, and other tasks meanwhile", async () => {
  const { tasks, log } = createTasks({ types: {}, build: { after: ["types"] }, unit: {} });
  await runTasks(tasks, 2);
  expect(log.slice(0, 2)).toEqual(["types begins", "unit begins"]);
  expect(log.indexOf("build begins")).toBeGreaterThan(log.indexOf("types ends"));
});

test("does not wait for a task that is not in the list", async () => {
  const { tasks } = createTasks({ browser: { after: ["build"] } });
  expect(await runTasks(tasks, 2)).toEqual(["browser"]);
});

test("runs no other task at the same time as one that is `alone`", async () => {
  const { tasks, log } = createTasks({ a: {}, database: { alone: true }, browser: { alone: true } });
  await runTasks(tasks, 2);
  expect(log).toEqual([
    "a begins",
    "a ends",
    "database begins",
    "database ends",
    "browser begins",
    "browser ends",
  ]);
});

test("throws an error with the names of tasks that wait for each other", async () => {
  const { tasks } = createTasks({ a: { after: ["b"] }, b: { after: ["a"] } });
  await expect(runTasks(tasks, 2)).rejects.toThrow("These wait for each other: a, b.");
});
