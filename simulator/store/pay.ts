import { type StoreChannel, stores } from "../core/channels";
import type { CodeBill, Inquiry, Payment } from "../core/state";
import { wholeSecond } from "../core/wib-time";
import {
  codeState,
  findCode,
  newDigits,
  newId,
  newToken,
  nowOf,
  paymentsOf,
  subjectOf,
  takeFault,
  type World,
} from "../core/world";
import { notifyPaid } from "../notifications/outbox";
import { inquire, refuseCode } from "./inquiry";
import { digitsOf, type Refusal, refuse } from "./till-bill";

export type PayRequest = {
  code: string;
  store?: StoreChannel | undefined;
  storeId?: string | undefined;
  transactionId?: string | undefined;
  amount?: number | undefined;
  inquiryId?: string | undefined;
};
export type Paid = { outcome: "paid"; payment: Payment };

type Permission = { outcome: "allowed"; remark: Payment["remark"] } | Refusal;

/** A closed code takes money only where a fault lets it: those are the races a checkout must survive. */
function permit(world: World, bill: CodeBill): Permission {
  const refused = refuseCode(world, bill);
  const subject = subjectOf(bill);
  if (!refused) {
    return { outcome: "allowed", remark: codeState(world, bill) === "EXPIRED" ? "after_expiry" : "in_time" };
  }
  if (refused.because === "expired" && takeFault(world, "pay_after_expiry", subject)) {
    return { outcome: "allowed", remark: "after_expiry" };
  }
  if (refused.because === "deleted" && takeFault(world, "pay_after_delete", subject)) {
    return { outcome: "allowed", remark: "after_delete" };
  }
  if (refused.because === "already_paid" && takeFault(world, "pay_again", subject)) {
    return { outcome: "allowed", remark: "again" };
  }
  return refused;
}

function bookPayment(
  world: World,
  bill: CodeBill,
  facts: { remark: Payment["remark"]; originalRequestId: string; request: PayRequest },
): Payment {
  const { remark, originalRequestId, request } = facts;
  const payment: Payment = {
    id: newId(),
    invoice: bill.invoice,
    channel: bill.channel,
    code: bill.code,
    amount: bill.amount,
    date: wholeSecond(nowOf(world)).toISOString(),
    identifiers: [
      { name: "AGENT_ID", value: stores[bill.channel].agentId },
      { name: "AGENT_STORE_ID", value: request.storeId ?? "T001" },
      { name: "AGENT_TRX_ID", value: request.transactionId ?? newDigits(12) },
    ],
    state: "paid",
    remark,
    originalRequestId,
    notificationId: null,
  };
  world.state.payments.push(payment);
  if (!bill.reusable) bill.state = "PAID";
  payment.notificationId = notifyPaid(world, bill, payment).id;
  world.changed();
  return payment;
}

/** A direct inquiry makes its bill known to DOKU when it is paid, not before. */
function billOfPaidInquiry(world: World, inquiry: Inquiry): CodeBill {
  const { id: _id, at, used: _used, ...known } = inquiry;
  const bill: CodeBill = {
    ...known,
    kind: "code",
    channel: "alfa",
    feature: "DIPC",
    state: "ACTIVE",
    reusable: false,
    description: "",
    overrideUrl: null,
    createdAt: at,
    expiresAt: at,
    token: newToken(),
  };
  world.state.bills.set(bill.invoice, bill);
  world.state.invoiceByCode.set(bill.code, bill.invoice);
  return bill;
}

async function findOrMakeInquiry(
  world: World,
  code: string,
  request: PayRequest,
): Promise<Inquiry | Refusal> {
  const open = [...world.state.inquiries.values()].findLast(
    (item) => item.code === code && !item.used && (!request.inquiryId || item.id === request.inquiryId),
  );
  if (open) return open;
  const asked = await inquire(world, code, request.store);
  if (asked.outcome === "refused") return asked;
  return world.state.inquiries.get(asked.bill.inquiryId ?? "") ?? refuse("not_found");
}

async function payInquiry(world: World, code: string, request: PayRequest): Promise<Paid | Refusal> {
  const inquiry = await findOrMakeInquiry(world, code, request);
  if ("outcome" in inquiry) return inquiry;
  if (request.amount !== undefined && request.amount !== inquiry.amount) return refuse("amount_differs");
  inquiry.used = true;
  const remark = paymentsOf(world, inquiry.invoice).length > 0 ? "again" : "in_time";
  const bill = billOfPaidInquiry(world, inquiry);
  const payment = bookPayment(world, bill, { remark, originalRequestId: inquiry.requestId, request });
  return { outcome: "paid", payment };
}

/** Cash over the counter. Amounts are closed: another amount is refused (protocol 4). */
export async function payCode(world: World, request: PayRequest): Promise<Paid | Refusal> {
  const code = digitsOf(request.code);
  const bill = findCode(world, code);
  if (!bill || bill.feature === "DIPC") return payInquiry(world, code, request);
  if (request.store !== undefined && request.store !== bill.channel) return refuse("not_found");
  if (request.amount !== undefined && request.amount !== bill.amount) return refuse("amount_differs");
  const permission = permit(world, bill);
  if (permission.outcome === "refused") return permission;
  const facts = { remark: permission.remark, originalRequestId: bill.requestId, request };
  return { outcome: "paid", payment: bookPayment(world, bill, facts) };
}
