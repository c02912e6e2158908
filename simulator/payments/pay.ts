import { agentIdentifiers } from "../channels/code-messages";
import { getCodeChannel } from "../channels/list";
import type { PaymentCode, Inquiry, Payment } from "../core/state";
import { toWholeSecond } from "../core/wib-time";
import {
  currentCodeState,
  findCode,
  newDigits,
  newId,
  newToken,
  currentTime,
  listPayments,
  toFaultSubject,
  consumeFault,
  type Sandbox,
} from "../core/sandbox";
import { notifyPaid } from "../notifications/outbox";
import { inquireCode, refuseCode } from "./inquiry";
import { toDigits, type TillRefusal, refuseAtTill } from "./till-bill";

export type PayRequest = {
  code: string;
  store?: string | undefined;
  storeId?: string | undefined;
  transactionId?: string | undefined;
  amount?: number | undefined;
  inquiryId?: string | undefined;
};
export type PaidResult = { outcome: "paid"; payment: Payment };

type PayableResult = { outcome: "allowed"; remark: Payment["remark"] } | TillRefusal;

/** A closed code can be paid only with a fault, which simulates a race that a checkout must handle. */
function checkPayable(sandbox: Sandbox, bill: PaymentCode): PayableResult {
  const refused = refuseCode(sandbox, bill);
  const subject = toFaultSubject(bill);
  if (!refused) {
    return {
      outcome: "allowed",
      remark: currentCodeState(sandbox, bill) === "EXPIRED" ? "after_expiry" : "in_time",
    };
  }
  if (refused.because === "expired" && consumeFault(sandbox, "pay_after_expiry", subject)) {
    return { outcome: "allowed", remark: "after_expiry" };
  }
  if (refused.because === "deleted" && consumeFault(sandbox, "pay_after_delete", subject)) {
    return { outcome: "allowed", remark: "after_delete" };
  }
  if (refused.because === "already_paid" && consumeFault(sandbox, "pay_again", subject)) {
    return { outcome: "allowed", remark: "again" };
  }
  return refused;
}

function recordPayment(
  sandbox: Sandbox,
  bill: PaymentCode,
  facts: { remark: Payment["remark"]; originalRequestId: string; request: PayRequest },
): Payment {
  const { remark, originalRequestId, request } = facts;
  const payment: Payment = {
    id: newId(),
    invoice: bill.invoice,
    channel: bill.channel,
    code: bill.code,
    amount: bill.amount,
    date: toWholeSecond(currentTime(sandbox)).toISOString(),
    identifiers: agentIdentifiers({
      agentId: getCodeChannel(bill.channel).agentId,
      storeId: request.storeId ?? "T001",
      transactionId: request.transactionId ?? newDigits(12),
    }),
    state: "paid",
    remark,
    originalRequestId,
    notificationId: null,
  };
  sandbox.state.payments.push(payment);
  if (!bill.reusable) bill.state = "PAID";
  payment.notificationId = notifyPaid(sandbox, bill, payment).id;
  sandbox.changed();
  return payment;
}

/** DOKU stores the bill of a direct inquiry only when it is paid. */
function createCodeFromInquiry(sandbox: Sandbox, inquiry: Inquiry): PaymentCode {
  const { id: _id, at, used: _used, ...known } = inquiry;
  const bill: PaymentCode = {
    ...known,
    kind: "payment_code",
    feature: "DIPC",
    state: "ACTIVE",
    reusable: false,
    description: "",
    overrideUrl: null,
    createdAt: at,
    expiresAt: at,
    token: newToken(),
  };
  sandbox.state.bills.set(bill.invoice, bill);
  sandbox.state.invoiceByCode.set(bill.code, bill.invoice);
  return bill;
}

async function findOrMakeInquiry(
  sandbox: Sandbox,
  code: string,
  request: PayRequest,
): Promise<Inquiry | TillRefusal> {
  const open = [...sandbox.state.inquiries.values()].findLast(
    (item) => item.code === code && !item.used && (!request.inquiryId || item.id === request.inquiryId),
  );
  if (open) return open;
  const asked = await inquireCode(sandbox, code, request.store);
  if (asked.outcome === "refused") return asked;
  return sandbox.state.inquiries.get(asked.bill.inquiryId ?? "") ?? refuseAtTill("not_found");
}

async function payInquiry(
  sandbox: Sandbox,
  code: string,
  request: PayRequest,
): Promise<PaidResult | TillRefusal> {
  const inquiry = await findOrMakeInquiry(sandbox, code, request);
  if ("outcome" in inquiry) return inquiry;
  if (request.amount !== undefined && request.amount !== inquiry.amount)
    return refuseAtTill("amount_differs");
  inquiry.used = true;
  const remark = listPayments(sandbox, inquiry.invoice).length > 0 ? "again" : "in_time";
  const bill = createCodeFromInquiry(sandbox, inquiry);
  const payment = recordPayment(sandbox, bill, { remark, originalRequestId: inquiry.requestId, request });
  return { outcome: "paid", payment };
}

/** A payment in cash. Amounts are closed: another amount is refused (protocol 4). */
export async function payCode(sandbox: Sandbox, request: PayRequest): Promise<PaidResult | TillRefusal> {
  const code = toDigits(request.code);
  const bill = findCode(sandbox, code);
  if (!bill || bill.feature === "DIPC") return payInquiry(sandbox, code, request);
  if (request.store !== undefined && request.store !== bill.channel) return refuseAtTill("not_found");
  if (request.amount !== undefined && request.amount !== bill.amount) return refuseAtTill("amount_differs");
  const permission = checkPayable(sandbox, bill);
  if (permission.outcome === "refused") return permission;
  const facts = { remark: permission.remark, originalRequestId: bill.requestId, request };
  return { outcome: "paid", payment: recordPayment(sandbox, bill, facts) };
}
