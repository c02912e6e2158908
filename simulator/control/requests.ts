import { z } from "zod";
import { codeChannels, paylaterChannels } from "../channels/list";
import { currentTime, findCode, findPaylaterOrder, type Sandbox } from "../core/sandbox";
import type { PaylaterOrder } from "../core/state";
import { deliverRound } from "../notifications/deliver";
import { waitForFirstRound } from "../notifications/outbox";
import { inquireCode } from "../payments/inquiry";
import { type PaidResult, payCode } from "../payments/pay";
import {
  approveOrder,
  cancelOrder,
  type DecisionResult,
  refundOrder,
  refuseOrder,
} from "../payments/paylater";
import type { TillRefusal } from "../payments/till-bill";
import { codeView, notificationView, orderView, toReceipt } from "./views";

/** What a control call answers: a status and a JSON value. */
export type ControlAnswer = { status: 200 | 201 | 404 | 409; value: object };

const WAIT_MS = 30_000;

const Code = z.string().or(z.number().transform(String));
const Store = z.enum(codeChannels.map((channel) => channel.id));
export const InquiryRequest = z.strictObject({ code: Code, store: Store.optional() });
export const PayRequest = z.strictObject({
  code: Code,
  store: Store.optional(),
  storeId: z.string().optional(),
  transactionId: z.string().optional(),
  amount: z.number().optional(),
  inquiryId: z.string().optional(),
});
export const TenorRequest = z.strictObject({ tenorMonths: z.number().int().positive().optional() });
export const ExpireRequest = z.strictObject({ code: Code });

const ok = (value: object): ControlAnswer => ({ status: 200, value });
const refused = (refusal: TillRefusal): ControlAnswer => ({
  status: refusal.because === "not_found" ? 404 : 409,
  value: refusal,
});
export const missing = (what: string): ControlAnswer => ({
  status: 404,
  value: { error: `no such ${what}` },
});

export async function answerInquiry(
  sandbox: Sandbox,
  request: z.infer<typeof InquiryRequest>,
): Promise<ControlAnswer> {
  const result = await inquireCode(sandbox, request.code, request.store);
  return result.outcome === "refused" ? refused(result) : ok(result);
}

async function answerPaid(
  sandbox: Sandbox,
  paid: PaidResult | TillRefusal,
  wait: boolean,
): Promise<ControlAnswer> {
  if (paid.outcome === "refused") return refused(paid);
  const { notificationId } = paid.payment;
  if (wait) await waitForFirstRound(sandbox, notificationId, WAIT_MS);
  const notification = sandbox.state.notifications.get(notificationId ?? "");
  return ok({
    outcome: "paid",
    receipt: toReceipt(sandbox, paid.payment),
    notification: notification ? notificationView(notification) : null,
  });
}

export const answerPay = async (
  sandbox: Sandbox,
  request: z.infer<typeof PayRequest>,
  wait: boolean,
): Promise<ControlAnswer> => answerPaid(sandbox, await payCode(sandbox, request), wait);

async function answerDecided(
  sandbox: Sandbox,
  decided: DecisionResult | TillRefusal,
  order: PaylaterOrder,
  wait: boolean,
): Promise<ControlAnswer> {
  if (decided.outcome === "refused") return refused(decided);
  const { notification } = decided;
  if (wait && notification) await waitForFirstRound(sandbox, notification.id, WAIT_MS);
  return ok({
    outcome: "decided",
    order: orderView(sandbox, order),
    notification: notification ? notificationView(notification) : null,
  });
}

const decisions = new Map([
  ["refuse", refuseOrder],
  ["cancel", cancelOrder],
  ["refund", refundOrder],
]);

type Decision = { channel: string; key: string; action: string; tenorMonths: number | undefined };

/** Finds the order by the id of its page, or by its invoice number. */
export async function answerDecision(
  sandbox: Sandbox,
  { channel, key, action, tenorMonths }: Decision,
  wait: boolean,
): Promise<ControlAnswer> {
  const byInvoice = sandbox.state.bills.get(key);
  const isOfChannel = byInvoice?.kind === "paylater_order" && byInvoice.channel === channel;
  const order = findPaylaterOrder(sandbox, channel, key) ?? (isOfChannel ? byInvoice : undefined);
  if (!order) return missing(`${paylaterChannels.find(({ id }) => id === channel)?.name ?? channel} order`);
  if (action === "approve") return answerPaid(sandbox, approveOrder(sandbox, order, tenorMonths), wait);
  const decide = decisions.get(action);
  return decide ? answerDecided(sandbox, decide(sandbox, order), order, wait) : missing("action");
}

export async function answerRetry(sandbox: Sandbox, id: string): Promise<ControlAnswer> {
  const notification = sandbox.state.notifications.get(id);
  if (!notification) return missing("notification");
  const attempts = await deliverRound(sandbox, notification, true);
  return ok({ attempts, notification: notificationView(notification) });
}

/** Expires one code now, without moving the clock of all others. */
export function answerExpire(sandbox: Sandbox, request: z.infer<typeof ExpireRequest>): ControlAnswer {
  const code = findCode(sandbox, request.code);
  if (!code) return missing("code");
  code.expiresAt = currentTime(sandbox).toISOString();
  sandbox.changed();
  return ok({ code: codeView(sandbox, code) });
}
