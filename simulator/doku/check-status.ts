import { toWireIds } from "../channels/answer-parts";
import { withChannel } from "../channels/list";
import type { FaultSubject } from "../core/faults";
import { type JsonObject, renderJson } from "../core/json";
import type { Bill, Payment } from "../core/state";
import { utcSeconds } from "../core/wib-time";
import {
  isTimeUp,
  currentTime,
  listPayments,
  toFaultSubject,
  consumeFault,
  type Sandbox,
} from "../core/sandbox";
import { type Answer, type WireOutcome, pause, type ReceivedCall } from "../wire/call";
import { internalError, notFound } from "./refusal";
import { refuseBadSignature, signAnswer } from "./signed-call";

type TransactionStatus = { status: string; date: string };

/** By invoice number, or by the Request-Id of the create call. */
function findBill(sandbox: Sandbox, key: string): Bill | undefined {
  const byInvoice = sandbox.state.bills.get(key);
  if (byInvoice || !sandbox.state.switches.status_by_request_id) return byInvoice;
  const byRequest = sandbox.state.bills.get(sandbox.state.requests.get(key)?.invoice ?? "");
  return byRequest?.requestId === key ? byRequest : undefined;
}

function unpaidStatus(sandbox: Sandbox, bill: Bill): TransactionStatus {
  const { expire_job_delay_seconds, status_of_deleted } = sandbox.state.switches;
  if (bill.kind === "payment_code" && bill.state === "DELETED")
    return { status: status_of_deleted, date: bill.createdAt };
  if (bill.kind === "paylater_order" && bill.state === "FAILED") {
    return { status: "FAILED", date: bill.failedAt ?? bill.createdAt };
  }
  return isTimeUp(sandbox, bill, expire_job_delay_seconds)
    ? { status: "EXPIRED", date: bill.expiresAt }
    : { status: "PENDING", date: bill.createdAt };
}

/** A payment outranks the bill's own state and the clock (protocol 9). */
function transactionStatus(sandbox: Sandbox, bill: Bill, paid: Payment | undefined): TransactionStatus {
  if (!paid) return unpaidStatus(sandbox, bill);
  return { status: paid.state === "refunded" ? "REFUNDED" : "SUCCESS", date: paid.date };
}

function statusBody(
  sandbox: Sandbox,
  bill: Bill,
  current: TransactionStatus,
  paid: Payment | undefined,
): JsonObject {
  const item = withChannel(bill);
  const byInvoice = sandbox.state.switches.status_original_request_id === "invoice_number";
  return {
    order: { invoice_number: bill.invoice, amount: paid?.amount ?? bill.amount },
    transaction: {
      status: current.status,
      date: utcSeconds(new Date(current.date)),
      original_request_id: byInvoice ? bill.invoice : bill.requestId,
    },
    ...toWireIds(item.channel.wireIds),
    ...(item.kind === "payment_code"
      ? item.channel.statusParts(sandbox, item.bill, paid)
      : item.channel.statusParts(sandbox, item.bill)),
  };
}

function isTooFresh(sandbox: Sandbox, bill: Bill): boolean {
  const ageMs = currentTime(sandbox).getTime() - Date.parse(bill.createdAt);
  return ageMs < sandbox.state.switches.status_fresh_404_seconds * 1000;
}

/** GET /orders/v1/status/{invoice number or Request-Id} (protocol 9). */
export async function answerStatusCheck(
  sandbox: Sandbox,
  call: ReceivedCall,
  key: string,
): Promise<WireOutcome> {
  const refused = refuseBadSignature(sandbox, call);
  if (refused) return signAnswer(sandbox, call, refused);
  const bill = findBill(sandbox, key);
  const subject: FaultSubject = bill ? toFaultSubject(bill) : { invoice: key, customer: "", channel: "" };
  const slow = consumeFault(sandbox, "status_slow", subject);
  if (slow) await pause(slow.ms ?? 3_000);
  if (consumeFault(sandbox, "status_500", subject)) return signAnswer(sandbox, call, internalError());
  if (!bill || isTooFresh(sandbox, bill) || consumeFault(sandbox, "status_404", subject)) {
    return signAnswer(sandbox, call, notFound());
  }
  const paid = listPayments(sandbox, bill.invoice).at(-1);
  const current = transactionStatus(sandbox, bill, paid);
  if (current.status === "not_found") return signAnswer(sandbox, call, notFound());
  const body = renderJson(statusBody(sandbox, bill, current, paid), {
    amounts: sandbox.state.switches.status_amount,
  });
  const wrong = consumeFault(sandbox, "status_bad_signature", subject);
  const answer: Answer = { kind: "answer", status: 200, body, contentType: "application/json" };
  return signAnswer(sandbox, call, answer, wrong ? "wrong" : "right");
}
