import type { Deps } from "./deps";

type WaitingCall<In, Out> = { item: In; done: (result: Out) => void; fail: (error: unknown) => void };

/** While one batch waits for the database, the next is made ready; more would only make them smaller. */
const maxConcurrentBatches = 2;

/**
 * Lets callers ask for one item each and does the work in batches. Calls that arrive while batches run form the next
 * batch, so many callers cost few round trips, and a single caller does not wait.
 * @param work gives a result for each item, in their order; when it throws, every caller of that batch sees the error
 */
export function createBatcher<In, Out>(
  work: (items: In[]) => Promise<Out[]>,
  maxItems = 32,
): (item: In) => Promise<Out> {
  const waiting: WaitingCall<In, Out>[] = [];
  const running: WaitingCall<In, Out>[][] = [];
  /**
   * A second batch starts only when it is as large as the running one; otherwise every batch would hold a single item.
   */
  const canStart = () =>
    waiting.length > 0 &&
    running.length < maxConcurrentBatches &&
    running.every(({ length }) => waiting.length >= length);

  const startBatches = () => {
    if (!canStart()) return;
    const batch = waiting.splice(0, maxItems);
    running.push(batch);
    void runBatch(batch, work).then(() => {
      running.splice(running.indexOf(batch), 1);
      startBatches();
    });
    startBatches();
  };

  return (item) =>
    new Promise((done, fail) => {
      waiting.push({ item, done, fail });
      // After one turn of the event loop, so that calls made in the same turn share a batch.
      setImmediate(startBatches);
    });
}

/** The same for an operation: one batcher for each process, which makes its `deps` once. */
export function createOperationBatcher<In, Out>(
  work: (deps: Deps, items: In[]) => Promise<Out[]>,
): (deps: Deps, item: In) => Promise<Out> {
  const batchers = new WeakMap<Deps, (item: In) => Promise<Out>>();
  return (deps, item) => {
    const batcher = batchers.get(deps) ?? createBatcher((items: In[]) => work(deps, items));
    batchers.set(deps, batcher);
    return batcher(item);
  };
}

async function runBatch<In, Out>(
  batch: WaitingCall<In, Out>[],
  work: (items: In[]) => Promise<Out[]>,
): Promise<void> {
  try {
    const results = await work(batch.map(({ item }) => item));
    for (const [at, result] of results.entries()) batch[at]?.done(result);
    for (const { fail } of batch.slice(results.length))
      fail(new Error("a batch gave fewer results than items"));
  } catch (error) {
    for (const { fail } of batch) fail(error);
  }
}
