type Waiting<In, Out> = { item: In; done: (result: Out) => void; failed: (error: unknown) => void };

/** While one batch waits for the database, the next is made ready; more would only make them smaller. */
const lanes = 2;

/**
 * Turns work on many into calls for one: what is asked while batches are under way makes up the next one, so that a crowd
 * costs a few round trips and a single caller waits for nobody.
 * @param work gives a result for each item, in their order; when it throws, every caller of that batch sees the error
 */
export function gather<In, Out>(
  work: (items: In[]) => Promise<Out[]>,
  most = 32,
): (item: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  const underWay: Waiting<In, Out>[][] = [];
  /** Beside another batch only one of its size goes: a second lane for each single item would make batches of one. */
  const mayGo = () =>
    waiting.length > 0 && underWay.length < lanes && underWay.every(({ length }) => waiting.length >= length);

  const go = () => {
    if (!mayGo()) return;
    const batch = waiting.splice(0, most);
    underWay.push(batch);
    void settle(batch, work).then(() => {
      underWay.splice(underWay.indexOf(batch), 1);
      go();
    });
    go();
  };

  return (item) =>
    new Promise((done, failed) => {
      waiting.push({ item, done, failed });
      // One turn of the loop: requests that arrived together are read together.
      setImmediate(go);
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
