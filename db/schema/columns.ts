import { sql } from "drizzle-orm";
import { bigint, check, customType, text, timestamp } from "drizzle-orm/pg-core";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { actorPattern, reasons } from "../../lib/payment/attribution";
import type { Actor, Reason } from "../../lib/payment/attribution";
import type { Rupiah } from "../../lib/payment/rupiah";

export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const rupiah = (name: string) => bigint(name, { mode: "number" }).$type<Rupiah>();

export const toSqlList = (values: readonly string[]) =>
  sql.raw(values.map((value) => `'${value}'`).join(", "));

export type NameAndValue = { name: string; value: string };

/** Replaced by `actor` and `reason`; still written for processes of an older release. */
export type EventCause = "shopper" | "merchant" | "doku" | "notification" | "status_check" | "clock";

/** Who and why; both are null in rows of older releases (db/attribution.ts). */
export const attributionColumns = {
  actor: text("actor").$type<Actor>(),
  reason: text("reason").$type<Reason>(),
};

export const attributionChecks = (
  name: string,
  { actor, reason }: { actor: AnyPgColumn; reason: AnyPgColumn },
) => [
  check(`${name}_actor`, sql`${actor} ~ '${sql.raw(actorPattern)}'`),
  check(`${name}_reason`, sql`${reason} in (${toSqlList(reasons)})`),
  check(`${name}_attributed`, sql`(${actor} is null) = (${reason} is null)`),
];
