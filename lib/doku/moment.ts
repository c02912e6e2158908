import { z } from "zod";
import { parseJakartaDigits } from "../payment/jakarta-time";

const Iso = z.iso.datetime({ offset: true });

/**
 * Parses a date as DOKU writes it: ISO 8601 with a zone, or `yyyyMMddHHmmss` at UTC+7
 * (docs/doku-protocol.md#13-contradictions, row 25). An ISO date without a zone is undefined: its hour would depend on
 * this machine's zone.
 */
export function parseMoment(text: string): Date | undefined {
  return Iso.safeParse(text).success ? new Date(text) : parseJakartaDigits(text);
}

/**
 * `2020-09-22T01:51:00Z`: UTC, whole seconds, as the timestamp headers want it
 * (docs/doku-protocol.md#11-request-headers).
 */
export const formatTimestamp = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
