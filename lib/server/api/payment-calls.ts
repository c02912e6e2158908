import "server-only";
import { findPayment } from "@/db/queries/payments";
import type { PaymentRow } from "@/db/queries/orders";
import { parsePaymentId, parseSessionId, toPaymentId, toSessionId } from "@/lib/api/ids";
import { toProblem } from "@/lib/api/problem";
import type { PaymentChangeRequest, PaymentRequest, SessionPaymentRequest } from "@/lib/api/requests";
import { changePayment } from "@/lib/operations/changes/change-payment";
import type { ChangePayment } from "@/lib/operations/changes/change-payment";
import { checkPayment } from "@/lib/operations/reconciliation/check-payment";
import { loadSession } from "@/lib/operations/sessions/load-session";
import { startSessionPayment } from "@/lib/operations/sessions/start-session-payment";
import type { MissingMember, StartSessionPayment } from "@/lib/operations/sessions/start-session-payment";
import type { CodeChangeRequest } from "@/lib/payment/change-request";
import type { OrderId } from "@/lib/payment/order-id";
import type { ChannelId } from "@/lib/payment/payment";
import { notFound, toProblemAnswer, toResource } from "./answer";
import type { ApiAnswer } from "./answer";
import type { ApiCall } from "./api-route";
import { makeSession, toAddress, toChannelError } from "./session-calls";
import { toPaymentResource } from "./to-payment-resource";

/** `POST /checkout_sessions/{id}/payments` */
export async function postSessionPayment(call: ApiCall<SessionPaymentRequest>): Promise<ApiAnswer> {
  const orderId = parseSessionId(call.params["id"] ?? "");
  return orderId ? startFor(call, orderId, call.input) : notFound;
}

/** `POST /payments`: a session and its payment in one call. */
export async function postPayment(call: ApiCall<PaymentRequest>): Promise<ApiAnswer> {
  const { channel, ...session } = call.input;
  const made = await makeSession(call, { ...session, channels: [channel] });
  return "orderId" in made ? startFor(call, made.orderId, { channel }) : made;
}

async function startFor(
  call: ApiCall<unknown>,
  orderId: OrderId,
  { channel, customer = {}, ...addresses }: SessionPaymentRequest,
): Promise<ApiAnswer> {
  const started = await startSessionPayment(call.deps, {
    orderId,
    channel,
    actor: call.caller.actor,
    customer,
    billing: addresses.billing_address && toAddress(addresses.billing_address),
    shipping: addresses.shipping_address && toAddress(addresses.shipping_address),
  });
  return toStartAnswer(call, { orderId, channel }, started);
}

async function toStartAnswer(
  call: ApiCall<unknown>,
  { orderId, channel }: { orderId: OrderId; channel: ChannelId },
  started: StartSessionPayment,
): Promise<ApiAnswer> {
  switch (started.outcome) {
    case "started":
      return answerPayment(call, started.payment, 201);
    case "exists":
      return answerPayment(call, started.payment, 200);
    case "incomplete":
      return toProblemAnswer(toProblem("incomplete_customer", { errors: started.missing.map(toMissing) }));
    case "refused":
      return toProblemAnswer(toProblem("refused_by_gateway", toRefusal(started.payment)));
    case "does_not_fit": {
      const errors = [toChannelError({ channel, ineligibility: started.ineligibility })];
      return toProblemAnswer(toProblem("channel_not_available", { errors }));
    }
    case "not_offered": {
      const detail = "does not exist, is switched off, or is none of the session's channels";
      return toProblemAnswer(
        toProblem("channel_not_available", { errors: [{ pointer: "/channel", detail }] }),
      );
    }
    case "other_payment": {
      const detail = `${toPaymentId(started.payment.id)} through ${started.payment.channel} is live: cancel it first.`;
      return toProblemAnswer(toProblem("not_possible", { detail, checkout_session: toSessionId(orderId) }));
    }
    case "already_paid":
      return toProblemAnswer(toProblem("not_possible", { detail: "The session is paid." }));
    case "under_review":
      return toProblemAnswer(
        toProblem("not_possible", { detail: "Money came that a person has to decide about first." }),
      );
    case "session_ended":
      return toProblemAnswer(toProblem("not_possible", { detail: "The session has ended." }));
    case "not_found":
      return notFound;
  }
}

const toMissing = (member: MissingMember) => ({
  pointer: member.endsWith("_address") ? `/${member}` : `/customer/${member}`,
  detail: "is needed for this channel",
});

/** DOKU's own code and words, which it writes for the merchant's engineers. */
const toRefusal = ({ lastGatewayError }: PaymentRow) => ({
  gateway: { code: lastGatewayError?.code ?? null, message: lastGatewayError?.message ?? null },
});

async function answerPayment(
  { deps, settings }: ApiCall<unknown>,
  { id, orderId }: Pick<PaymentRow, "id" | "orderId">,
  httpStatus: 200 | 201 = 200,
): Promise<ApiAnswer> {
  const loaded = await loadSession(deps, orderId);
  const payment = loaded?.payments.find((one) => one.id === id);
  return loaded && payment ? toResource(toPaymentResource(settings, loaded, payment), httpStatus) : notFound;
}

async function findCalledPayment({ deps, params }: ApiCall<unknown>): Promise<PaymentRow | undefined> {
  const id = parsePaymentId(params["id"] ?? "");
  return id === undefined ? undefined : findPayment(deps.db, id);
}

/** `GET /payments/{id}` */
export async function getPayment(call: ApiCall<unknown>): Promise<ApiAnswer> {
  const payment = await findCalledPayment(call);
  return payment ? answerPayment(call, payment) : notFound;
}

/** `POST /payments/{id}/check`: asks DOKU now, at most once a minute for one payment. */
export async function postCheck(call: ApiCall<unknown>): Promise<ApiAnswer> {
  const payment = await findCalledPayment(call);
  if (!payment) return notFound;
  if (payment.status === "awaiting_payment") await checkPayment(call.deps, payment.invoiceNumber);
  return answerPayment(call, payment);
}

/** `PATCH /payments/{id}`: another amount, or the code's time again. */
export const patchPayment = (call: ApiCall<PaymentChangeRequest>): Promise<ApiAnswer> =>
  change(
    call,
    call.input.amount === undefined ? { kind: "extend" } : { kind: "amount", amount: call.input.amount },
  );

/** `POST /payments/{id}/cancel` */
export const postCancel = (call: ApiCall<unknown>): Promise<ApiAnswer> => change(call, { kind: "cancel" });

async function change(call: ApiCall<unknown>, request: CodeChangeRequest): Promise<ApiAnswer> {
  const payment = await findCalledPayment(call);
  if (!payment) return notFound;
  const { orderId, id: paymentId } = payment;
  const isCancelled = request.kind === "cancel" && payment.status === "cancelled";
  if (isCancelled) return answerPayment(call, payment);
  const changed = await changePayment(call.deps, {
    ...{ orderId, paymentId, actor: call.caller.actor },
    ...request,
  });
  return toChangeAnswer(call, payment, changed);
}

async function toChangeAnswer(
  call: ApiCall<unknown>,
  payment: PaymentRow,
  changed: ChangePayment,
): Promise<ApiAnswer> {
  switch (changed.outcome) {
    case "done":
    // The same request is sent again until DOKU answers; the payment shows what came of it.
    case "unknown":
      return answerPayment(call, payment);
    case "refused":
      return toProblemAnswer(
        toProblem("refused_by_gateway", { detail: "The code may be paid already; it counts as payable." }),
      );
    case "already_paid":
      return toProblemAnswer(toProblem("not_possible", { detail: "The payment is paid." }));
    case "not_possible":
      return toProblemAnswer(
        toProblem("not_possible", { detail: "There is no live code, or this channel does not change one." }),
      );
    case "does_not_fit":
      return toProblemAnswer(
        toProblem("change_not_allowed", { errors: [{ pointer: "/amount", detail: changed.fault.because }] }),
      );
    case "not_found":
      return notFound;
  }
}
