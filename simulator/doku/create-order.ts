import type { OrderRequest, PaylaterChannel } from "../channels/channel";
import type { PaylaterOrder } from "../core/state";
import { newToken, type Sandbox } from "../core/sandbox";
import { type Answer, jsonAnswer } from "../wire/call";
import { type CreateCall, newBillFields, refuseCreate } from "./create-rules";
import { invalidParameter, otherRequestData } from "./refusal";

/** Seen live on another channel: the same reference with other data is refused (protocol 3). */
function isReferenceTaken(sandbox: Sandbox, reference: string): boolean {
  if (!sandbox.state.switches.unique_reference_refused) return false;
  return [...sandbox.state.bills.values()].some(
    (bill) => bill.kind === "paylater_order" && bill.reference === reference,
  );
}

function newOrder(
  sandbox: Sandbox,
  channel: PaylaterChannel,
  request: OrderRequest,
  call: CreateCall & { paymentFails: boolean },
): PaylaterOrder {
  const fields = newBillFields(sandbox, call, request);
  return {
    kind: "paylater_order",
    channel: channel.id,
    id: newToken(),
    invoice: request.invoice,
    amount: request.amount,
    state: call.paymentFails ? "FAILED" : "PENDING",
    customerName: request.customerName,
    customerEmail: request.customerEmail,
    reference: request.reference,
    items: request.items,
    callbackUrl: request.callbackUrl,
    callbackUrlCancel: request.callbackUrlCancel,
    additionalInfo: request.additionalInfo,
    ...fields,
    cancelledAt: null,
    failedAt: call.paymentFails ? fields.createdAt : null,
    tenorMonths: null,
  };
}

/** An order at a lender (protocol 6). */
export function createOrder(
  sandbox: Sandbox,
  channel: PaylaterChannel,
  call: CreateCall & { paymentFails: boolean },
): Answer {
  const parsed = channel.parseCreate(call.body, sandbox.state.switches);
  if (parsed.outcome === "invalid") return invalidParameter(parsed.message);
  const { request } = parsed;
  const refused = refuseCreate(sandbox, request);
  if (refused) return refused;
  if (isReferenceTaken(sandbox, request.reference)) return otherRequestData();
  const order = newOrder(sandbox, channel, request, call);
  sandbox.state.bills.set(order.invoice, order);
  sandbox.changed();
  return jsonAnswer(200, channel.createAnswer(sandbox, order));
}
