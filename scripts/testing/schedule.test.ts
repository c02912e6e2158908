import { expect, test } from "vitest";
import { type Task, runTasks } from "./schedule";

type Wish = Pick<Task<string>, "after" | "alone">;

/** Tasks that write down when they begin and end; each takes one turn of the event loop. */
function tasksOf(wishes: Record<string, Wish>): { tasks: Task<string>[]; log: string[] } {
  const log: string[] = [];
  const tasks = Object.entries(wishes).map(([name, wish]) => ({
    ...wish,
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

test("runs so many tasks at a time and gives their results in the order of the tasks", async () => {
  const { tasks, log } = tasksOf({ a: {}, b: {}, c: {} });
  expect(await runTasks(tasks, 2)).toEqual(["a", "b", "c"]);
  expect(log.slice(0, 2)).toEqual(["a begins", "b begins"]);
  expect(log.indexOf("c begins")).toBeGreaterThan(log.indexOf("a ends"));
});

test("begins a task when those before it are over, and lets others go first meanwhile", async () => {
  const { tasks, log } = tasksOf({ types: {}, build: { after: ["types"] }, unit: {} });
  await runTasks(tasks, 2);
  expect(log.slice(0, 2)).toEqual(["types begins", "unit begins"]);
  expect(log.indexOf("build begins")).toBeGreaterThan(log.indexOf("types ends"));
});

test("does not wait for a task that is not run at all", async () => {
  const { tasks } = tasksOf({ browser: { after: ["build"] } });
  expect(await runTasks(tasks, 2)).toEqual(["browser"]);
});

test("runs nothing beside a task that fills the machine", async () => {
  const { tasks, log } = tasksOf({ a: {}, database: { alone: true }, browser: { alone: true } });
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

test("says which tasks wait for each other instead of waiting for ever", async () => {
  const { tasks } = tasksOf({ a: { after: ["b"] }, b: { after: ["a"] } });
  await expect(runTasks(tasks, 2)).rejects.toThrow("These wait for each other: a, b.");
});
