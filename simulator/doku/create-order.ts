import type { IndodanaBill } from "../core/state";
import { after, wholeSecond } from "../core/wib-time";
import { newToken, nowOf, type World } from "../core/world";
import { type Answer, jsonAnswer } from "../wire/http";
import { codeDates, type CreateCall, overrideEcho } from "./create-code";
import { badOverride, decideOverride, refuseAmount, refuseKnownInvoice } from "./create-rules";
import { describeFault, unknownField } from "./fields";
import { IndodanaCreate, lineItemsSum, unknownCategory } from "./indodana-fields";
import { invalidJson, invalidParameter, otherRequestData } from "./refusal";

const MINUTE_MS = 60_000;
/** The table gives no default for Indodana; the other channels' is taken. */
const DEFAULT_EXPIRY_MINUTES = 60;
const STRICT_EMAIL_LIMIT = 16;

export type OrderCall = CreateCall & { paymentFails: boolean };

function refuseByRules(world: World, fields: IndodanaCreate, body: unknown): Answer | undefined {
  const { switches } = world.state;
  if (switches.refuse_unknown_fields && unknownField(body, fields)) return invalidJson();
  const stray = switches.unknown_categories ? -1 : unknownCategory(fields.order);
  if (stray >= 0) return invalidParameter(`order.line_items.${stray}.category is invalid`);
  if (!lineItemsSum(fields.order)) return invalidParameter("order.line_items do not add up to order.amount");
  if (switches.indodana_email_16 && fields.customer.email.length > STRICT_EMAIL_LIMIT) {
    return invalidParameter("customer.email is too long");
  }
  if (switches.indodana_phone_62 && !fields.customer.phone.startsWith("62")) {
    return invalidParameter("customer.phone is invalid");
  }
  const override = decideOverride(world, fields.additional_info?.override_notification_url);
  if (override.outcome === "refuse") return badOverride();
  return refuseAmount(world, fields.order.amount) ?? refuseKnownInvoice(world, fields.order.invoice_number);
}

/** Seen live on another channel: the same reference with other data is refused (protocol 3). */
function isReferenceTaken(world: World, reference: string): boolean {
  if (!world.state.switches.unique_reference_refused) return false;
  return [...world.state.bills.values()].some(
    (bill) => bill.kind === "indodana" && bill.reference === reference,
  );
}

function newBill(world: World, fields: IndodanaCreate, call: OrderCall): IndodanaBill {
  const now = wholeSecond(nowOf(world));
  const minutes = fields.peer_to_peer_info.expired_time ?? DEFAULT_EXPIRY_MINUTES;
  const lifeMs = call.expiresInSeconds === undefined ? minutes * MINUTE_MS : call.expiresInSeconds * 1000;
  const override = decideOverride(world, fields.additional_info?.override_notification_url);
  const { first_name, last_name = "", email } = fields.customer;
  return {
    kind: "indodana",
    channel: "indodana",
    id: newToken(),
    invoice: fields.order.invoice_number,
    amount: fields.order.amount,
    state: call.paymentFails ? "FAILED" : "PENDING",
    customerName: `${first_name} ${last_name}`.trim(),
    customerEmail: email,
    reference: fields.peer_to_peer_info.merchant_unique_reference,
    items: fields.order.line_items.map(({ name, price, quantity }) => ({ name, price, quantity })),
    callbackUrl: fields.order.callback_url ?? null,
    callbackUrlCancel: fields.order.callback_url_cancel,
    additionalInfo: fields.additional_info ?? null,
    overrideUrl: override.outcome === "use" ? override.url : null,
    requestId: call.requestId,
    createdAt: now.toISOString(),
    expiresAt: after(now, lifeMs).toISOString(),
    cancelledAt: null,
    failedAt: call.paymentFails ? now.toISOString() : null,
    tenorMonths: null,
  };
}

/** Protocol 6.2. A FAILED answer has no page to go to; the shape of its url is not known. */
function orderAnswer(world: World, bill: IndodanaBill): Answer {
  const failed = bill.state === "FAILED";
  return jsonAnswer(200, {
    order: { amount: bill.amount, invoice_number: bill.invoice },
    payment: {
      status: failed ? "FAILED" : "PENDING",
      url: failed ? "" : `${world.settings.publicUrl}/indodana/pay/${bill.id}`,
    },
    peer_to_peer_info: {
      identifier: [{ name: "INDODANA_ORDER_ID", value: bill.invoice }],
      ...codeDates(world, bill),
      merchant_unique_reference: bill.reference,
    },
    ...overrideEcho(world, bill.overrideUrl),
  });
}

/** Indodana's generate-order (protocol 6). */
export function createOrder(world: World, call: OrderCall): Answer {
  const parsed = IndodanaCreate.safeParse(call.body);
  if (!parsed.success) return invalidParameter(describeFault(parsed.error, call.body));
  const refused = refuseByRules(world, parsed.data, call.body);
  if (refused) return refused;
  if (isReferenceTaken(world, parsed.data.peer_to_peer_info.merchant_unique_reference))
    return otherRequestData();
  const bill = newBill(world, parsed.data, call);
  world.state.bills.set(bill.invoice, bill);
  world.changed();
  return orderAnswer(world, bill);
}
