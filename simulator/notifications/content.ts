import { type StoreChannel, type WireIds, wireIds } from "../core/channels";
import type { JsonObject } from "../core/json";
import type { Bill, CodeBill, Identifier, IndodanaBill } from "../core/state";
import { utcSeconds, wibCompact } from "../core/wib-time";
import type { World } from "../core/world";

export type Facts = {
  status: "SUCCESS" | "FAILED";
  date: Date;
  amount: number;
  identifiers: Identifier[];
  originalRequestId: string;
};

const otherIndomaretNames = new Map([
  ["AGENT_ID", "RETAIL_ID"],
  ["AGENT_STORE_ID", "RETAIL_STORE_CODE"],
  ["AGENT_TRX_ID", "RETAIL_RECEIPT_NUMBER"],
]);

/** The block of acquirer references. Indomaret's names and the key's spelling are not certain (protocol 8.3, 8.4). */
export function storeIdentifiers(world: World, channel: StoreChannel, identifiers: Identifier[]): JsonObject {
  const { indomaret_identifiers, identifier_misspelt } = world.state.switches;
  const form = channel === "indomaret" ? indomaret_identifiers : "agent";
  if (form === "none") return {};
  const renamed = identifiers.map(({ name, value }) => ({
    name: otherIndomaretNames.get(name) ?? name,
    value,
  }));
  return { [identifier_misspelt ? "identifer" : "identifier"]: form === "other" ? renamed : identifiers };
}

function idsOf(world: World, bill: Bill): JsonObject {
  const { notification_ids, paylater_ids } = world.state.switches;
  if (!notification_ids) return {};
  const other: WireIds = { service: "PAYLATER", acquirer: "INDODANA", channel: "PAYLATER_INDODANA" };
  const ids = bill.kind === "indodana" && paylater_ids === "other" ? other : wireIds[bill.channel];
  return { service: { id: ids.service }, acquirer: { id: ids.acquirer }, channel: { id: ids.channel } };
}

function storeContent(world: World, bill: CodeBill, facts: Facts): JsonObject {
  return {
    ...idsOf(world, bill),
    transaction: transactionOf(facts),
    order: { invoice_number: bill.invoice, amount: facts.amount },
    online_to_offline_info: { payment_code: bill.code },
    ...(facts.identifiers.length > 0
      ? { online_to_offline_payment: storeIdentifiers(world, bill.channel, facts.identifiers) }
      : {}),
  };
}

function indodanaContent(world: World, bill: IndodanaBill, facts: Facts): JsonObject {
  return {
    ...idsOf(world, bill),
    order: { invoice_number: bill.invoice, amount: facts.amount },
    transaction: transactionOf(facts),
    peer_to_peer_info: {
      created_date: wibCompact(new Date(bill.createdAt)),
      expired_date: wibCompact(new Date(bill.expiresAt)),
      status: facts.status,
      merchant_unique_reference: bill.reference,
      identifier: facts.identifiers,
    },
    payment: { merchant_unique_reference: bill.reference },
  };
}

const transactionOf = (facts: Facts) => ({
  status: facts.status,
  date: utcSeconds(facts.date),
  original_request_id: facts.originalRequestId,
});

/** The body of a notification (protocol 8.2 to 8.4), before any switch that only concerns its bytes. */
export function notificationContent(world: World, bill: Bill, facts: Facts): JsonObject {
  const content =
    bill.kind === "code" ? storeContent(world, bill, facts) : indodanaContent(world, bill, facts);
  const echo = world.state.switches.notification_additional_info ? bill.additionalInfo : null;
  return echo === null ? content : { ...content, additional_info: echo };
}
