import { sql } from "drizzle-orm";
import type { AnyColumn, SQL } from "drizzle-orm";
import type { Db, Tx } from "./database";

/**
 * Runs raw SQL on either database. Cast everything that is not text (`::int`, `::float8`): the two drivers return times
 * and counts differently.
 */
export async function rows<T extends Record<string, unknown>>(db: Db | Tx, query: SQL): Promise<T[]> {
  const result: unknown = await db.execute(query);
  const list: unknown = Array.isArray(result) ? result : Object(result).rows;
  // Not validated: the caller's type must match its SQL.
  return Array.from(list as Iterable<T>, (row) => ({ ...row }));
}

/** All that `read` reads is of one moment, whatever is written meanwhile. */
export const readAtOnce = <T>(db: Db, read: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transaction(read, { isolationLevel: "repeatable read", accessMode: "read only" });

/**
 * A number of the code itself, written into the statement: with a parameter after `limit` PostgreSQL plans for a tenth of
 * the table.
 */
export const literal = (number: number): SQL => sql.raw(String(Math.trunc(number)));

/** A PostgreSQL array as one parameter. The ids need no quoting. */
export const toArrayLiteral = (ids: readonly (string | number)[]): string => `{${ids.join(",")}}`;

/**
 * An array that is a parameter, read by a query of its own: PostgreSQL then expects the same number of elements in every
 * list. Otherwise it takes the plan for a short list for the cheaper one and makes it again each time, which takes longer
 * than running it.
 */
export const listOf = (array: SQL): SQL => sql`array(select unnest(${array}))`;

/**
 * As `in`, for ids: one parameter, so that one prepared statement serves every number of them, and Drizzle need not build
 * a statement of hundreds.
 */
export const isOneOf = (column: AnyColumn, ids: readonly (string | number)[]): SQL => {
  const type = sql.raw(column.getSQLType().replace(/serial$/, "int"));
  return sql`${column} = any (${listOf(sql`${toArrayLiteral(ids)}::${type}[]`)})`;
};

/** The newest first, as indexes on `desc()` columns are sorted: without "nulls last" they would not be used. */
export const newestFirst = (...columns: readonly AnyColumn[]): SQL[] =>
  columns.map((column) => sql`${column} desc nulls last`);

/** A row with this unique key exists already. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const failure = findFailure(error);
  if (failure?.code !== "23505") return false;
  return constraint === undefined || constraint === (failure.constraint_name ?? failure.constraint);
}

/** PostgreSQL ended this transaction, which waited for another: for too long, or each for the other. The other goes on. */
export const isLockFailure = (error: unknown): boolean =>
  ["55P03", "40P01"].includes(failureCode(error) ?? "");

/** The database is down, starting, stopping, full or too slow, or chose another transaction: a retry may succeed. */
export function isUnavailable(error: unknown): boolean {
  const code = failureCode(error);
  if (code === undefined) return causes(error).some(isClosedEmbedded);
  return unavailable.has(code) || /^(08|53)...$/.test(code);
}

const unavailable = new Set(
  [
    "ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH ENETDOWN",
    // postgres.js, and our pool
    "CONNECTION_CLOSED CONNECTION_ENDED CONNECTION_DESTROYED CONNECT_TIMEOUT POOL_BUSY",
    // the server stops, crashed, starts; the session idled too long; read-only after a fail-over
    "57P01 57P02 57P03 57P05 25P03 25006",
    // statement and lock timeouts, serialisation failure, deadlock
    "57014 55P03 40001 40P01",
  ].flatMap((codes) => codes.split(" ")),
);

/** The error code of the driver or of PostgreSQL, from any depth of causes. */
export function failureCode(error: unknown): string | undefined {
  return findFailure(error)?.code;
}

type Failure = { code: string; constraint?: unknown; constraint_name?: unknown };

/** Drizzle wraps the driver's error, and the two drivers name the constraint differently. */
function findFailure(error: unknown): Failure | undefined {
  for (const cause of causes(error)) if (isFailure(cause)) return cause;
  return undefined;
}

function isFailure(error: unknown): error is Failure {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string";
}

function causes(error: unknown): unknown[] {
  const found: unknown[] = [];
  for (let cause = error; cause instanceof Error && found.length < 10; cause = cause.cause) found.push(cause);
  return found;
}

/** PGlite's error has no code, only a message: "PGlite is closed" or "PGlite is closing". */
const isClosedEmbedded = (error: unknown) =>
  error instanceof Error && error.message.startsWith("PGlite is clos");
