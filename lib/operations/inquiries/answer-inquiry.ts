import type { Tx } from "@/db/database";
import { findBillByCode } from "@/db/queries/inquiries";
import { isUnderReview, lockOrder } from "@/db/queries/orders";
import type { OrderRow, PaymentRow } from "@/db/queries/orders";
import { savePayment, toPaymentState } from "@/db/queries/payments";
import type { BillForTill } from "@/lib/channels/channel";
import { toBareRefusal, toRefusedBill } from "@/lib/channels/inquiry-answers";
import { getChannel } from "@/lib/channels/registry";
import { verifyMessage } from "@/lib/doku/envelope";
import { parseInquiry } from "@/lib/doku/inquiry";
import type { SignedAnswer } from "@/lib/doku/inquiry";
import { decideInquiry, unknownBill } from "@/lib/payment/inquiry";
import type { InquiryDecision } from "@/lib/payment/inquiry";
import { parseOwnCode } from "@/lib/payment/own-code";
import type { PaymentCode } from "@/lib/payment/payment-code";
import { earlier } from "@/lib/payment/schedule";
import type { Deps } from "../deps";
import { declineUnsigned, recordAnswered } from "./inquiry-log";
import type { InquiryResult, VerifiedInquiry, RecordedAnswer, ReceivedInquiry } from "./inquiry-log";
import { computeNextCheck } from "../reconciliation/next-check";

/** How often the bill is looked up again when the code has passed to another bill before the lock. */
const maxTries = 5;

/** Whether direct inquiry is on for any channel. */
export const isInquiryOn = ({ features }: Pick<Deps["settings"], "features">): boolean =>
  Object.values(features).some(({ codeKinds }) => codeKinds.includes("dipc"));

/**
 * Answers DOKU's inquiry about a code: verifies the signature, looks the bill up under the order's lock, and stores
 * inquiry and answer. Nothing is parsed or looked up before the signature is verified. Every answer to DOKU is signed,
 * also a refusal; a stranger's question gets a decline without a signature. One log line per inquiry.
 * @throws when the database is unavailable; the caller then declines, and the till takes no money
 */
export async function answerInquiry(deps: Deps, received: ReceivedInquiry): Promise<SignedAnswer> {
  const startedAt = performance.now();
  const { status, reason, signed } = await answerReceived(deps, received);
  deps.log(status === "rejected" ? "warn" : "info", "inquiry_answered", {
    status,
    reason,
    duration_ms: Math.round(performance.now() - startedAt),
  });
  return signed;
}

async function answerReceived(deps: Deps, received: ReceivedInquiry): Promise<RecordedAnswer> {
  const { keys, settings } = deps;
  const receivedAt = deps.now();
  const verified = verifyMessage({ ...received, target: settings.inquiryPath, keys });
  if (verified.outcome === "rejected") return declineUnsigned(deps, received, verified.because);
  const reading = parseInquiry(received.rawBody);
  const { paymentCode, identifiers } =
    reading.outcome === "read" ? reading : { paymentCode: undefined, identifiers: [] };
  const inquiry: VerifiedInquiry = { ...received, ...verified, receivedAt, paymentCode, identifiers };
  if (!isRecent(inquiry, settings.inquiryClockMinutes)) return answerDecline(deps, inquiry, "out_of_time");
  if (reading.outcome === "unreadable") return answerDecline(deps, inquiry, reading.why);
  const code = findOwnCode(deps, reading.paymentCode);
  if (code === undefined)
    return answerWithoutBill(deps, inquiry, { ...unknownBill, because: "foreign_code" });
  if (!(await deps.allowInquiry(code))) return answerDecline(deps, inquiry, "asked_too_often");
  return answerFromRecord(deps, inquiry, code);
}

/** Answers when no bill was looked up, or none was found. */
function answerWithoutBill(
  deps: Deps,
  inquiry: VerifiedInquiry,
  { status, because }: { status: "decline" | "billing_not_found"; because: string },
): Promise<RecordedAnswer> {
  const body = toBareRefusal(status, inquiry.paymentCode);
  return recordAnswered(deps.db, deps, { inquiry, result: { status, because, body, bill: undefined } });
}

const answerDecline = (deps: Deps, inquiry: VerifiedInquiry, because: string): Promise<RecordedAnswer> =>
  answerWithoutBill(deps, inquiry, { status: "decline", because });

async function answerFromRecord(
  deps: Deps,
  inquiry: VerifiedInquiry,
  code: PaymentCode,
): Promise<RecordedAnswer> {
  for (let tries = 1; tries <= maxTries; tries += 1) {
    const bill = await findBillByCode(deps.db, code);
    if (!bill) return answerWithoutBill(deps, inquiry, unknownBill);
    const answer = await deps.db.transaction(async (tx) => {
      const result = await answerUnderLock(tx, deps, bill);
      return result && recordAnswered(tx, deps, { inquiry, result });
    });
    if (!answer) continue;
    deps.publishOrderChanged(bill.orderId);
    return answer;
  }
  throw new Error("the code passed to another bill at every try");
}

/**
 * Whether its time is near enough, in either direction; one that cannot be parsed is not. No document of DOKU asks for
 * it, and a replay changes nothing, so it is off by default: a wrong clock would stop all payments in cash.
 */
const isRecent = ({ sentAt, receivedAt }: VerifiedInquiry, clockMinutes: number): boolean =>
  clockMinutes === 0 ||
  (sentAt !== undefined && Math.abs(receivedAt.getTime() - sentAt.getTime()) <= clockMinutes * 60_000);

/** The code, if it is one for direct inquiry under our BIN. */
function findOwnCode({ settings }: Deps, text: string): PaymentCode | undefined {
  // Spaces are for people; a till sends digits only.
  if (!/^\d+$/.test(text)) return undefined;
  for (const { bin, codeKinds } of Object.values(settings.features)) {
    const read = bin && codeKinds.includes("dipc") ? parseOwnCode(text, bin) : undefined;
    if (read?.outcome === "read") return read.code;
  }
  return undefined;
}

/** @returns undefined when the code has passed to another bill before the lock */
async function answerUnderLock(tx: Tx, deps: Deps, found: PaymentRow): Promise<InquiryResult | undefined> {
  const code = found.paymentCode;
  const order = await lockOrder(tx, found.orderId);
  if (!order || code === null) throw new Error("a bill has no order or no code");
  const payment = await findBillByCode(tx, code);
  if (payment?.id !== found.id) return undefined;
  const context = {
    state: toPaymentState(payment),
    superseded: payment.supersededAt !== null,
    orderPaid: order.paidAt !== null,
    underReview: await isUnderReview(tx, order.id),
  };
  const decision = decideInquiry(context, deps.now());
  if (decision.status === "success") await markInquired(tx, deps, payment);
  const body = toAnswerBody(decision, payment, toBillForTill(deps, { order, payment, code }));
  return { ...decision, body, bill: payment };
}

/** Records that DOKU now knows of the bill, so that it may be paid. */
async function markInquired(tx: Tx, deps: Deps, payment: PaymentRow): Promise<void> {
  const now = deps.now();
  const next = computeNextCheck({ ...payment, inquiredAt: now }, now);
  // Repeated inquiries must not postpone the status check that follows the first one.
  const before = payment.inquiredAt === null ? undefined : (payment.nextCheckAt ?? undefined);
  await savePayment(tx, payment.id, { inquiredAt: now, nextCheckAt: earlier(before, next) ?? null });
}

type FoundBill = { order: OrderRow; payment: PaymentRow; code: PaymentCode };

/**
 * The same for every inquiry, the invoice number included: it identifies the bill, not the inquiry
 * (docs/doku-protocol.md#13-contradictions, row 29).
 */
const toBillForTill = ({ settings }: Deps, { order, payment, code }: FoundBill): BillForTill => ({
  invoiceNumber: payment.invoiceNumber,
  amount: payment.amount,
  code,
  contact: { name: order.customerName ?? "", email: order.customerEmail ?? "", phone: "" },
  merchantName: settings.merchantName,
  terms: payment.terms,
});

function toAnswerBody({ status }: InquiryDecision, { channel }: PaymentRow, bill: BillForTill): unknown {
  if (status === "billing_not_found") return toBareRefusal(status, bill.code);
  if (status !== "success") return toRefusedBill(status, bill);
  const { toInquiryAnswer } = getChannel(channel);
  if (!toInquiryAnswer)
    throw new Error(`a bill for direct inquiry at ${channel}, which has no direct inquiry`);
  return toInquiryAnswer(bill);
}
