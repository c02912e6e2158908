import "server-only";
import pino from "pino";

const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });

/**
 * One structured line per event. Never a signature, a key, a whole code, a name, a phone or an e-mail: what needs those
 * is in the database, behind the sign-in. An `error` may be anything that was thrown.
 */
export function log(event: string, details: Record<string, unknown> = {}): void {
  const { error, ...rest } = details;
  logger.info({ event, ...rest, ...(error !== undefined && { error: summaryOf(error) }) });
}

/** The innermost cause: around it the database library writes the values of the query, and those are people's data. */
export function summaryOf(error: unknown): string {
  let cause = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  if (!(cause instanceof Error)) return "not an error";
  const code = "code" in cause ? ` ${String(cause.code)}` : "";
  return `${cause.name}${code}: ${"query" in cause ? "a query failed" : cause.message}`.slice(0, 500);
}
