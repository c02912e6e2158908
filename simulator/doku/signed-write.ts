import type { ChannelId } from "../core/channels";
import type { FaultStage, Subject } from "../core/faults";
import { objectOf, parseJson, textOf } from "../core/json";
import { findCode, takeFault, type World } from "../core/world";
import { approveOrder } from "../store/indodana";
import { payCode } from "../store/pay";
import { firstRound } from "../notifications/outbox";
import type { Answer, Outcome, Received } from "../wire/http";
import { faultAfter, faultBefore, refuseByFault } from "./answer-faults";
import { changeCode } from "./change-code";
import { createCode, type CodeAddress } from "./create-code";
import { createOrder } from "./create-order";
import { answerOfEarlierCall, keepFirstAnswer } from "./idempotency";
import { invalidJson } from "./refusal";
import { refuseUnsigned, sealAnswer } from "./signed-call";

/** What a signed POST or PATCH asks for. */
export type Write = { ask: "code"; address: CodeAddress } | { ask: "order" } | { ask: "change" };

function readSubject(body: unknown, channel: ChannelId): Subject {
  const { order, customer } = objectOf(body);
  const { name, first_name, last_name } = objectOf(customer);
  const fullName = `${textOf(first_name)} ${textOf(last_name)}`.trim();
  return { invoice: textOf(objectOf(order).invoice_number), customer: textOf(name) || fullName, channel };
}

/** A PATCH need not name the invoice, so its code says whom it is about. */
function subjectOfWrite(world: World, write: Write, body: unknown): Subject {
  if (write.ask === "order") return readSubject(body, "indodana");
  if (write.ask === "code") return readSubject(body, write.address.channel);
  const subject = readSubject(body, "alfa");
  const code = textOf(objectOf(objectOf(body).online_to_offline_info).payment_code);
  return { ...subject, invoice: subject.invoice || (findCode(world, code)?.invoice ?? "") };
}

function perform(world: World, write: Write, subject: Subject, requestId: string, body: unknown): Answer {
  if (write.ask === "change") return changeCode(world, body);
  const expiresInSeconds = takeFault(world, "expires_in_seconds", subject)?.seconds;
  const call = { requestId, body, expiresInSeconds };
  if (write.ask === "code") return createCode(world, write.address, call);
  const paymentFails = takeFault(world, "payment_failed", subject) !== undefined;
  return createOrder(world, { ...call, paymentFails });
}

/** The customer pays, and the merchant hears of it, while the create answer is still on its way. */
async function payAndNotify(world: World, invoice: string): Promise<void> {
  const bill = world.state.bills.get(invoice);
  if (!bill) return;
  const paid =
    bill.kind === "code" ? await payCode(world, { code: bill.code }) : approveOrder(world, bill, undefined);
  if (paid.outcome === "paid") await firstRound(world, paid.payment.notificationId);
}

/** Headers and signature, JSON, Request-Id, fields: in this order (appendix A). */
export async function answerSignedWrite(world: World, call: Received, write: Write): Promise<Outcome> {
  const refused = refuseUnsigned(world, call);
  if (refused) return sealAnswer(world, call, refused);
  const body = parseJson(call.body.toString("utf8"));
  if (body === undefined) return sealAnswer(world, call, invalidJson());

  const stage: FaultStage = write.ask === "change" ? "change" : "create";
  const subject = subjectOfWrite(world, write, body);
  const struck = faultBefore(world, call, subject, stage);
  if (struck) return struck;

  const earlier = answerOfEarlierCall(world, call);
  if (earlier) return faultAfter(world, call, subject, stage, earlier);
  const requestId = call.headers["request-id"] ?? "";
  const answer = refuseByFault(world, subject, stage) ?? perform(world, write, subject, requestId, body);
  keepFirstAnswer(world, call, subject.invoice, answer);
  if (answer.status !== 200) return sealAnswer(world, call, answer);
  if (takeFault(world, "notify_before_answer", subject, stage)) await payAndNotify(world, subject.invoice);
  return faultAfter(world, call, subject, stage, answer);
}
