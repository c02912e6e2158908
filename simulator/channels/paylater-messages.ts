import type { JsonObject } from "../core/json";
import type { PaylaterOrder } from "../core/state";
import type { Sandbox } from "../core/sandbox";
import { createAnswerDates, overrideEcho, toTransaction, toWireIds, wibDates } from "./answer-parts";
import type { PaylaterChannel, WireIds } from "./channel";

type Messages = Pick<PaylaterChannel, "createAnswer" | "statusParts" | "notificationContent">;

/** Where the customer decides: a page of the lender's, played by the simulator. */
export const paylaterPage = (sandbox: Sandbox, order: PaylaterOrder): string =>
  `${sandbox.settings.publicUrl}/${order.channel}/pay/${order.id}`;

/** The ids of paylater channels are not documented, so the switch has others (protocol 8.3). */
function notificationIds(sandbox: Sandbox, ids: WireIds): JsonObject {
  const { notification_ids, paylater_ids } = sandbox.state.switches;
  if (!notification_ids) return {};
  const { acquirer } = ids;
  return toWireIds(
    paylater_ids === "other" ? { service: "PAYLATER", acquirer, channel: `PAYLATER_${acquirer}` } : ids,
  );
}

/** The messages of a paylater order. `moreInfo`: what one lender adds to `peer_to_peer_info` of a notification. */
export function paylaterMessages(
  channel: Pick<PaylaterChannel, "wireIds" | "identifiers">,
  moreInfo: (order: PaylaterOrder) => JsonObject = () => ({}),
): Messages {
  return {
    /** Protocol 6.2. A FAILED answer has no page to go to; the shape of its url is not known. */
    createAnswer: (sandbox, order) => {
      const failed = order.state === "FAILED";
      return {
        order: { amount: order.amount, invoice_number: order.invoice },
        payment: {
          status: failed ? "FAILED" : "PENDING",
          url: failed ? "" : paylaterPage(sandbox, order),
        },
        peer_to_peer_info: {
          identifier: channel.identifiers(order),
          ...createAnswerDates(sandbox, order),
          merchant_unique_reference: order.reference,
        },
        ...overrideEcho(sandbox, order.overrideUrl),
      };
    },
    statusParts: (_sandbox, order) => ({
      peer_to_peer_info: {
        ...wibDates(order),
        merchant_unique_reference: order.reference,
        identifier: channel.identifiers(order),
      },
      payment: { merchant_unique_reference: order.reference },
    }),
    notificationContent: (sandbox, order, facts) => ({
      ...notificationIds(sandbox, channel.wireIds),
      order: { invoice_number: order.invoice, amount: facts.amount },
      transaction: toTransaction(facts),
      peer_to_peer_info: {
        ...moreInfo(order),
        ...wibDates(order),
        status: facts.status,
        merchant_unique_reference: order.reference,
        identifier: facts.identifiers,
      },
      payment: { merchant_unique_reference: order.reference },
    }),
  };
}
