import "server-only";
import pino from "pino";
import type { DestinationStream } from "pino";
import { isUnavailable } from "@/db/rows";
import type { LogLevel } from "../operations/deps";
import { redact } from "./redact";
import { currentRequestId } from "./request-id";

export type Log = (level: LogLevel, event: string, details?: Record<string, unknown>) => void;

const isLevel = (text: string | undefined): text is LogLevel =>
  text !== undefined && ["error", "warn", "info", "debug"].includes(text);

/**
 * Writes one JSON line for each event, with the id of its request. Never a signature, key, whole code, name, phone
 * number or e-mail: those are in the database only. `error` may be anything that was thrown.
 */
export function createLog(destination: DestinationStream, level: LogLevel = "info"): Log {
  const logger = pino(
    {
      base: null,
      level,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return (at, event, details = {}) => {
    const { error, ...rest } = details;
    const thrown =
      error === undefined || error instanceof Error
        ? error
        : new Error("something other than an Error was thrown");
    logger[at]({
      event,
      request_id: currentRequestId(),
      ...redact({ ...rest, ...(thrown !== undefined && { error: thrown }) }),
    });
  };
}

const { LOG_LEVEL } = process.env;

export const log = createLog(
  pino.destination({ dest: 1, sync: true }),
  isLevel(LOG_LEVEL) ? LOG_LEVEL : "info",
);

/** An unavailable database is handled: the caller is asked to try again. Anything else is a bug. */
export const failureLevel = (error: unknown): LogLevel => (isUnavailable(error) ? "warn" : "error");
