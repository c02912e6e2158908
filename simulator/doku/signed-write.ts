import type { Channel, CreatePath } from "../channels/channel";
import type { FaultStage, FaultSubject } from "../core/faults";
import { asObject, asText, parseJson } from "../core/json";
import { consumeFault, findCode, type Sandbox } from "../core/sandbox";
import { waitForFirstRound } from "../notifications/outbox";
import { approveOrder } from "../payments/paylater";
import { payCode } from "../payments/pay";
import type { Answer, ReceivedCall, WireOutcome } from "../wire/call";
import { answerFaultAfter, answerFaultBefore, refuseByFault } from "./answer-faults";
import { changeCode } from "./change-code";
import { createCode } from "./create-code";
import { createOrder } from "./create-order";
import { findEarlierAnswer, storeFirstAnswer } from "./idempotency";
import { invalidJson, notFound } from "./refusal";
import { refuseBadSignature, signAnswer } from "./signed-call";

/** A signed POST or PATCH at one of a channel's addresses. */
export type Write = { stage: "create" | "change"; channel: Channel; at: CreatePath };

/** A PATCH need not name the invoice, so its code says which one it is about. */
function findWriteSubject(sandbox: Sandbox, write: Write, body: unknown): FaultSubject {
  const { order, customer, online_to_offline_info } = asObject(body);
  const { name, first_name, last_name } = asObject(customer);
  const fullName = `${asText(first_name)} ${asText(last_name)}`.trim();
  const code = write.stage === "change" ? asText(asObject(online_to_offline_info).payment_code) : "";
  return {
    invoice: asText(asObject(order).invoice_number) || (findCode(sandbox, code)?.invoice ?? ""),
    customer: asText(name) || fullName,
    channel: write.channel.id,
  };
}

function perform(
  sandbox: Sandbox,
  write: Write,
  subject: FaultSubject,
  request: { requestId: string; body: unknown },
): Answer {
  const { channel } = write;
  if (write.stage === "change") {
    return channel.kind === "payment_code" ? changeCode(sandbox, channel, request.body) : notFound();
  }
  const expiresInSeconds = consumeFault(sandbox, "expires_in_seconds", subject)?.seconds;
  const call = { ...request, expiresInSeconds };
  if (channel.kind === "payment_code") {
    return createCode(sandbox, channel, {
      ...call,
      needsMerchantCode: write.at.demandsMerchantCode ?? false,
    });
  }
  const paymentFails = consumeFault(sandbox, "payment_failed", subject) !== undefined;
  return createOrder(sandbox, channel, { ...call, paymentFails });
}

/** The customer pays, and the merchant is notified, while the create answer is still on its way. */
async function payAndNotify(sandbox: Sandbox, invoice: string): Promise<void> {
  const bill = sandbox.state.bills.get(invoice);
  if (!bill) return;
  const paid =
    bill.kind === "payment_code"
      ? await payCode(sandbox, { code: bill.code })
      : approveOrder(sandbox, bill, undefined);
  if (paid.outcome === "paid") await waitForFirstRound(sandbox, paid.payment.notificationId);
}

/** Headers and signature, JSON, Request-Id, fields: in this order (appendix A). */
export async function answerSignedWrite(
  sandbox: Sandbox,
  call: ReceivedCall,
  write: Write,
): Promise<WireOutcome> {
  const refused = refuseBadSignature(sandbox, call);
  if (refused) return signAnswer(sandbox, call, refused);
  const body = parseJson(call.body.toString("utf8"));
  if (body === undefined) return signAnswer(sandbox, call, invalidJson());

  const stage: FaultStage = write.stage;
  const subject = findWriteSubject(sandbox, write, body);
  const faultAnswer = answerFaultBefore(sandbox, call, subject, stage);
  if (faultAnswer) return faultAnswer;

  const earlier = findEarlierAnswer(sandbox, call);
  if (earlier) return answerFaultAfter(sandbox, call, subject, stage, earlier);
  const requestId = call.headers["request-id"] ?? "";
  const answer =
    refuseByFault(sandbox, subject, stage) ?? perform(sandbox, write, subject, { requestId, body });
  storeFirstAnswer(sandbox, call, subject.invoice, answer);
  if (answer.status !== 200) return signAnswer(sandbox, call, answer);
  if (consumeFault(sandbox, "notify_before_answer", subject, stage))
    await payAndNotify(sandbox, subject.invoice);
  return answerFaultAfter(sandbox, call, subject, stage, answer);
}
