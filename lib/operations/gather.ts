type Waiting<In, Out> = { item: In; done: (result: Out) => void; failed: (error: unknown) => void };

/**
 * Turns work on many into calls for one: what is asked while a batch is under way makes up the next one, so that a crowd
 * costs a few round trips and a single caller waits for nobody.
 * @param work gives a result for each item, in their order; when it throws, every caller of that batch sees the error
 */
export function gather<In, Out>(
  work: (items: In[]) => Promise<Out[]>,
  most = 32,
): (item: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  let isBusy = false;

  const drain = async () => {
    while (waiting.length > 0) await settle(waiting.splice(0, most), work);
    isBusy = false;
  };

  return (item) =>
    new Promise((done, failed) => {
      waiting.push({ item, done, failed });
      if (isBusy) return;
      isBusy = true;
      // One turn of the loop: requests that arrived together are read together.
      setImmediate(() => void drain());
    });
}

async function settle<In, Out>(
  batch: Waiting<In, Out>[],
  work: (items: In[]) => Promise<Out[]>,
): Promise<void> {
  try {
    const results = await work(batch.map(({ item }) => item));
    for (const [at, result] of results.entries()) batch[at]?.done(result);
    for (const { failed } of batch.slice(results.length))
      failed(new Error("a batch gave fewer results than items"));
  } catch (error) {
    for (const { failed } of batch) failed(error);
  }
}
