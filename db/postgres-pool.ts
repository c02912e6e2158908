import type postgres from "postgres";
import { createSemaphore } from "./semaphore";
import type { Semaphore } from "./semaphore";

type Unsafe = postgres.Sql["unsafe"];
type Statement = Parameters<Unsafe>;
type Work = (tx: postgres.TransactionSql) => unknown;

/** What Drizzle calls of a client of postgres.js. */
type PoolClient = Pick<postgres.Sql, "options"> & {
  unsafe: (...statement: Statement) => Promise<unknown> & { values: () => Promise<unknown> };
  begin: (work: Work) => Promise<unknown>;
};

/** What Drizzle calls of a transaction of postgres.js. */
type TransactionClient = Pick<postgres.Sql, "unsafe"> & { savepoint: (work: Work) => Promise<unknown> };

type PoolOptions = { maxConnections: number; prepare: boolean; acquireTimeoutMs?: number | undefined };

/**
 * A client for Drizzle around one of postgres.js, with two things that neither has a setting for: work waits for a
 * connection for a limited time, and Drizzle's statements are prepared, which saves about half of their cost.
 */
export function createPool(
  client: postgres.Sql,
  { maxConnections, prepare, acquireTimeoutMs }: PoolOptions,
): { client: postgres.Sql; semaphore: Semaphore } {
  const semaphore = createSemaphore(maxConnections, acquireTimeoutMs);
  const withOptions = prepare ? asPrepared : asGiven;
  const pool: PoolClient = {
    options: client.options,
    unsafe: (...statement) => {
      let asValues = false;
      // One turn later, so that the `.values()` that Drizzle may add is known before the query starts.
      const result = Promise.resolve().then(() =>
        semaphore.run(async () => {
          const query = client.unsafe(...withOptions(statement));
          return asValues ? await query.values() : await query;
        }),
      );
      return Object.assign(result, { values: () => ((asValues = true), result) });
    },
    begin: (work) =>
      semaphore.run(() => client.begin((tx) => work(toDrizzleClient(wrapTransaction(tx, withOptions))))),
  };
  return { client: toDrizzleClient<postgres.Sql>(pool), semaphore };
}

/** A transaction has its connection already, so its statements wait for none. */
const wrapTransaction = (
  tx: postgres.TransactionSql,
  withOptions: (statement: Statement) => Statement,
): TransactionClient => ({
  unsafe: (...statement) => tx.unsafe(...withOptions(statement)),
  savepoint: (work) => tx.savepoint((inner) => work(toDrizzleClient(wrapTransaction(inner, withOptions)))),
});

/** `unsafe` prepares only what says so itself; the client's own `prepare` setting is for tagged templates. */
const asPrepared = ([text, parameters, options]: Statement): Statement =>
  parameters?.length ? [text, parameters, { ...options, prepare: true }] : [text, parameters, options];

const asGiven = (statement: Statement): Statement => statement;

/** Drizzle's types ask for the whole client, of which it calls no more than the types above name. */
const toDrizzleClient = <T extends postgres.Sql | postgres.TransactionSql = postgres.TransactionSql>(
  client: PoolClient | TransactionClient,
): T => client as unknown as T;
