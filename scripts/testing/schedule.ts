/** A task for `runTasks`. */
export type Task<Result> = {
  name: string;
  /** Tasks that must be over before this one begins, where they run at all. */
  after?: readonly string[];
  /** Uses the whole machine, so it runs alone. */
  alone?: boolean;
  run: () => Promise<Result>;
};

/**
 * Runs all tasks, at most `concurrency` at a time, in the given order where `after` and `alone` allow it.
 * @returns the results in the order of the tasks
 */
export async function runTasks<Result>(
  tasks: readonly Task<Result>[],
  concurrency: number,
): Promise<Result[]> {
  const names = new Set(tasks.map(({ name }) => name));
  const finished = new Set<string>();
  const waiting = [...tasks];
  const running = new Map<Task<Result>, Promise<Task<Result>>>();
  const results = new Map<Task<Result>, Result>();
  const isReady = ({ after = [] }: Task<Result>) =>
    after.every((name) => !names.has(name) || finished.has(name));
  const hasRoom = ({ alone }: Task<Result>) =>
    alone
      ? running.size === 0
      : running.size < concurrency && ![...running.keys()].some((task) => task.alone);
  const start = (task: Task<Result>) => {
    waiting.splice(waiting.indexOf(task), 1);
    const work = task.run().then((result) => {
      results.set(task, result);
      return task;
    });
    running.set(task, work);
  };
  while (waiting.length + running.size > 0) {
    const next = waiting.find((task) => isReady(task) && hasRoom(task));
    if (next) {
      start(next);
      continue;
    }
    if (running.size === 0)
      throw new Error(`These wait for each other: ${waiting.map(({ name }) => name).join(", ")}.`);
    const done = await Promise.race(running.values());
    running.delete(done);
    finished.add(done.name);
  }
  return tasks.flatMap((task) => {
    const result = results.get(task);
    return result === undefined ? [] : [result];
  });
}
