import { AsyncLocalStorage } from "node:async_hooks";
import type postgres from "postgres";
import { createSemaphore } from "./semaphore";
import type { Semaphore } from "./semaphore";

type Unsafe = postgres.Sql["unsafe"];
type Statement = Parameters<Unsafe>;
type Work = (tx: postgres.TransactionSql) => unknown;

/** The members of a postgres.js client that Drizzle calls. */
type PoolClient = Pick<postgres.Sql, "options"> & {
  unsafe: (...statement: Statement) => Promise<unknown> & { values: () => Promise<unknown> };
  begin: (work: Work) => Promise<unknown>;
};

/** The members of a postgres.js transaction that Drizzle calls. */
type TransactionClient = Pick<postgres.Sql, "unsafe"> & { savepoint: (work: Work) => Promise<unknown> };

type PoolOptions = { maxConnections: number; prepare: boolean; acquireTimeoutMs?: number | undefined };

/**
 * Wraps a postgres.js client for Drizzle and adds two things that neither has a setting for: a limit on the wait for a
 * connection, and prepared statements for Drizzle's queries, which halves their cost.
 */
export function createPool(
  client: postgres.Sql,
  { maxConnections, prepare, acquireTimeoutMs }: PoolOptions,
): { client: postgres.Sql; semaphore: Semaphore } {
  const semaphore = createSemaphore(maxConnections, acquireTimeoutMs);
  // A query of postgres.js stays in memory for long, and with it the async context in which it was made: a whole request.
  const outside = AsyncLocalStorage.snapshot();
  const withOptions = prepare ? asPrepared : asGiven;
  const pool: PoolClient = {
    options: client.options,
    unsafe: (...statement) => {
      let asValues = false;
      // Starts in the next microtask, when it is known whether Drizzle has called `.values()`.
      const result = Promise.resolve().then(() =>
        semaphore.run(() =>
          outside(async () => {
            const query = client.unsafe(...withOptions(statement));
            return asValues ? await query.values() : await query;
          }),
        ),
      );
      return Object.assign(result, { values: () => ((asValues = true), result) });
    },
    begin: (work) =>
      semaphore.run(() => client.begin((tx) => work(toDrizzleClient(wrapTransaction(tx, withOptions))))),
  };
  return { client: toDrizzleClient<postgres.Sql>(pool), semaphore };
}

/** Statements of a transaction use its connection and need not wait for one. */
const wrapTransaction = (
  tx: postgres.TransactionSql,
  withOptions: (statement: Statement) => Statement,
): TransactionClient => ({
  unsafe: (...statement) => tx.unsafe(...withOptions(statement)),
  savepoint: (work) => tx.savepoint((inner) => work(toDrizzleClient(wrapTransaction(inner, withOptions)))),
});

/** `unsafe` prepares only with its own `prepare` option; the client's setting is for tagged templates. */
const asPrepared = ([text, parameters, options]: Statement): Statement =>
  parameters?.length ? [text, parameters, { ...options, prepare: true }] : [text, parameters, options];

const asGiven = (statement: Statement): Statement => statement;

/** Drizzle's types want the whole client; at run time it calls only the members above. */
const toDrizzleClient = <T extends postgres.Sql | postgres.TransactionSql = postgres.TransactionSql>(
  client: PoolClient | TransactionClient,
): T => client as unknown as T;
