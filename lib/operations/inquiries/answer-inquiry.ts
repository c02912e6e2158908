import type { Tx } from "@/db/database";
import { findAskedBill } from "@/db/queries/inquiries";
import { isUnderReview, lockOrder } from "@/db/queries/orders";
import type { OrderRow, PaymentRow } from "@/db/queries/orders";
import { savePayment, stateOf } from "@/db/queries/payments";
import type { BillForTill } from "@/lib/channels/channel";
import { toBareRefusal, toRefusedBill } from "@/lib/channels/inquiry-answers";
import { getChannel } from "@/lib/channels/registry";
import { verifyMessage } from "@/lib/doku/envelope";
import { readInquiry } from "@/lib/doku/inquiry";
import type { SealedAnswer } from "@/lib/doku/inquiry";
import { answerFor, unknownBill } from "@/lib/payment/inquiry";
import type { InquiryDecision } from "@/lib/payment/inquiry";
import { readOwnCode } from "@/lib/payment/own-code";
import type { PaymentCode } from "@/lib/payment/payment-code";
import { earlier } from "@/lib/payment/schedule";
import type { Deps } from "../deps";
import { keepAnswered, keepRejected } from "./inquiry-log";
import type { Answered, AskedQuestion, KeptAnswer, Question } from "./inquiry-log";
import { nextCheckOf } from "../reconciliation/next-check";

/** A question is believed for as long as clocks may differ, either way: an older one may be somebody's copy. Milliseconds. */
const furthestOff = 5 * 60 * 1000;

/** How often the bill of a code may turn out to be another one by the time its order is locked. */
const mostTries = 5;

/** Whether any channel's bills wait here, so that DOKU has something to ask. */
export const isInquiryOn = ({ features }: Pick<Deps["settings"], "features">): boolean =>
  Object.values(features).some(({ codeKinds }) => codeKinds.includes("dipc"));

/**
 * Tells a till, through DOKU, what a code is worth: proves who asks, answers from the record under the order's lock, and
 * keeps the question with the answer. Nothing is parsed or looked up before the signature holds, and every answer is
 * signed, one that refuses too. Each question is one line of the log.
 * @throws when the database cannot be asked; the caller answers with `declineWith`, and the till takes no money
 */
export async function answerInquiry(deps: Deps, question: Question): Promise<SealedAnswer> {
  const startedAt = performance.now();
  const { status, reason, sealed } = await answerQuestion(deps, question);
  deps.log(status === "rejected" ? "warn" : "info", "inquiry_answered", {
    status,
    reason,
    duration_ms: Math.round(performance.now() - startedAt),
  });
  return sealed;
}

async function answerQuestion(deps: Deps, question: Question): Promise<KeptAnswer> {
  const { keys, settings } = deps;
  const receivedAt = deps.now();
  const verified = verifyMessage({ ...question, target: settings.inquiryPath, keys });
  if (verified.outcome === "rejected")
    return keepRejected(deps, { ...question, receivedAt }, verified.because);
  const reading = readInquiry(question.rawBody);
  const { paymentCode, identifiers } =
    reading.outcome === "read" ? reading : { paymentCode: undefined, identifiers: [] };
  const asked: AskedQuestion = { ...question, ...verified, receivedAt, paymentCode, identifiers };
  if (!isFresh(asked)) return decline(deps, asked, "out_of_time");
  if (reading.outcome === "unreadable") return decline(deps, asked, reading.why);
  const code = ownCodeOf(deps, reading.paymentCode);
  if (code === undefined) return refuse(deps, asked, { ...unknownBill, because: "foreign_code" });
  if (!(await deps.mayAskAbout(code))) return decline(deps, asked, "asked_too_often");
  return answerFromRecord(deps, asked, code);
}

/** Without having looked for a bill, or without one. */
function refuse(
  deps: Deps,
  asked: AskedQuestion,
  { status, because }: { status: "decline" | "billing_not_found"; because: string },
): Promise<KeptAnswer> {
  const body = toBareRefusal(status, asked.paymentCode);
  return keepAnswered(deps.db, deps, { asked, answered: { status, because, body, bill: undefined } });
}

const decline = (deps: Deps, asked: AskedQuestion, because: string): Promise<KeptAnswer> =>
  refuse(deps, asked, { status: "decline", because });

async function answerFromRecord(deps: Deps, asked: AskedQuestion, code: PaymentCode): Promise<KeptAnswer> {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const bill = await findAskedBill(deps.db, code);
    if (!bill) return refuse(deps, asked, unknownBill);
    const answer = await deps.db.transaction(async (tx) => {
      const answered = await answerUnderLock(tx, deps, bill);
      return answered && keepAnswered(tx, deps, { asked, answered });
    });
    if (!answer) continue;
    deps.nudge(bill.orderId);
    return answer;
  }
  throw new Error("the bill of a code is another one each time");
}

/** A time that we cannot read says nothing about a copy. */
const isFresh = ({ sentAt, receivedAt }: AskedQuestion): boolean =>
  sentAt !== undefined && Math.abs(receivedAt.getTime() - sentAt.getTime()) <= furthestOff;

/** The code, if it is one of those whose bills wait here. */
function ownCodeOf({ settings }: Deps, text: string): PaymentCode | undefined {
  // Blanks are for people; a till sends digits.
  if (!/^\d+$/.test(text)) return undefined;
  for (const { bin, codeKinds } of Object.values(settings.features)) {
    const read = bin && codeKinds.includes("dipc") ? readOwnCode(text, bin) : undefined;
    if (read?.outcome === "read") return read.code;
  }
  return undefined;
}

/** @returns undefined when, under the lock, the code turns out to be another bill's by now */
async function answerUnderLock(tx: Tx, deps: Deps, found: PaymentRow): Promise<Answered | undefined> {
  const code = found.paymentCode;
  const order = await lockOrder(tx, found.orderId);
  if (!order || code === null) throw new Error("a bill without an order or a code");
  const payment = await findAskedBill(tx, code);
  if (payment?.id !== found.id) return undefined;
  const asked = {
    state: stateOf(payment),
    superseded: payment.supersededAt !== null,
    orderPaid: order.paidAt !== null,
    underReview: await isUnderReview(tx, order.id),
  };
  const decision = answerFor(asked, deps.now());
  if (decision.status === "success") await markInquired(tx, deps, payment);
  const body = bodyOf(decision, payment, billOf(deps, { order, payment, code }));
  return { ...decision, body, bill: payment };
}

/** From now on DOKU knows of the bill, and it may be paid. */
async function markInquired(tx: Tx, deps: Deps, payment: PaymentRow): Promise<void> {
  const now = deps.now();
  const next = nextCheckOf({ ...payment, inquiredAt: now }, now);
  // Somebody who asks again and again must not put off our own question about the first time.
  const before = payment.inquiredAt === null ? undefined : (payment.nextCheckAt ?? undefined);
  await savePayment(tx, payment.id, { inquiredAt: now, nextCheckAt: earlier(before, next) ?? null });
}

type Found = { order: OrderRow; payment: PaymentRow; code: PaymentCode };

/**
 * The same at every question, its invoice number included: it names the bill, not the question
 * (docs/doku-protocol.md#13-contradictions, row 29).
 */
const billOf = ({ settings }: Deps, { order, payment, code }: Found): BillForTill => ({
  invoiceNumber: payment.invoiceNumber,
  amount: payment.amount,
  code,
  contact: { name: order.customerName ?? "", email: order.customerEmail ?? "", phone: "" },
  merchantName: settings.merchantName,
  terms: payment.terms,
});

function bodyOf({ status }: InquiryDecision, { channel }: PaymentRow, bill: BillForTill): unknown {
  if (status === "billing_not_found") return toBareRefusal(status, bill.code);
  if (status !== "success") return toRefusedBill(status, bill);
  const { toInquiryAnswer } = getChannel(channel);
  if (!toInquiryAnswer) throw new Error(`a bill for direct inquiry at ${channel}, which has none`);
  return toInquiryAnswer(bill);
}
