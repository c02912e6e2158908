import "server-only";
import pino from "pino";

const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });

/**
 * One structured line per event. Never a signature, a key, a whole code, a name, a phone or an e-mail: what needs those
 * is in the database, behind the sign-in.
 */
export const log = (event: string, details: Record<string, unknown> = {}): void =>
  logger.info({ event, ...details });
