import type { JsonObject } from "../core/json";
import type { Sandbox } from "../core/sandbox";
import { utcSeconds, wibCompact } from "../core/wib-time";
import type { NotificationFacts, WireIds } from "./channel";

type Dated = { createdAt: string; expiresAt: string };

/** Dates of a status answer or a paylater notification: UTC+7 only (protocol 8.4, 9). */
export const wibDates = (bill: Dated) => ({
  created_date: wibCompact(new Date(bill.createdAt)),
  expired_date: wibCompact(new Date(bill.expiresAt)),
});

/** Dates of a create answer, in the forms of the switch (protocol 4.2). */
export function createAnswerDates(sandbox: Sandbox, bill: Dated): JsonObject {
  const { code_dates } = sandbox.state.switches;
  const utc = {
    created_date_utc: utcSeconds(new Date(bill.createdAt)),
    expired_date_utc: utcSeconds(new Date(bill.expiresAt)),
  };
  return {
    ...(code_dates === "both" || code_dates === "wib_only" ? wibDates(bill) : {}),
    ...(code_dates === "both" || code_dates === "utc_only" ? utc : {}),
  };
}

/** Create answers repeat the override, unless the switch is off (protocol 4.2). */
export function overrideEcho(sandbox: Sandbox, url: string | null): JsonObject {
  return url === null || !sandbox.state.switches.override_echo
    ? {}
    : { additional_info: { override_notification_url: url } };
}

export const toWireIds = (ids: WireIds): JsonObject => ({
  service: { id: ids.service },
  acquirer: { id: ids.acquirer },
  channel: { id: ids.channel },
});

export const toTransaction = (facts: NotificationFacts): JsonObject => ({
  status: facts.status,
  date: utcSeconds(facts.date),
  original_request_id: facts.originalRequestId,
});
