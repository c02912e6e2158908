import { z } from "zod";
import { StoreChannel } from "../core/channels";
import { findCode, findIndodana, nowOf, type World } from "../core/world";
import { approveOrder, cancelOrder, type Decided, refundOrder, refuseOrder } from "../store/indodana";
import { inquire } from "../store/inquiry";
import type { Refusal } from "../store/till-bill";
import { type Paid, payCode } from "../store/pay";
import { deliverRound } from "../notifications/deliver";
import { firstRound } from "../notifications/outbox";
import { type Answer, jsonAnswer } from "../wire/http";
import { codeView, notificationView, orderView, receiptOf } from "./views";

const WAIT_MS = 30_000;

const Code = z.string().or(z.number().transform(String));
export const InquiryRequest = z.strictObject({ code: Code, store: StoreChannel.optional() });
export const PayRequest = z.strictObject({
  code: Code,
  store: StoreChannel.optional(),
  storeId: z.string().optional(),
  transactionId: z.string().optional(),
  amount: z.number().optional(),
  inquiryId: z.string().optional(),
});
export const TenorRequest = z.strictObject({ tenorMonths: z.number().int().positive().optional() });

export const refused = (refusal: Refusal): Answer =>
  jsonAnswer(refusal.because === "not_found" ? 404 : 409, refusal);
export const missing = (what: string): Answer => jsonAnswer(404, { error: `no such ${what}` });

export async function answerInquiry(world: World, request: z.infer<typeof InquiryRequest>): Promise<Answer> {
  const result = await inquire(world, request.code, request.store);
  return result.outcome === "refused" ? refused(result) : jsonAnswer(200, result);
}

async function answerPaid(world: World, paid: Paid | Refusal, wait: boolean): Promise<Answer> {
  if (paid.outcome === "refused") return refused(paid);
  const { notificationId } = paid.payment;
  if (wait) await firstRound(world, notificationId, WAIT_MS);
  const notification = world.state.notifications.get(notificationId ?? "");
  return jsonAnswer(200, {
    outcome: "paid",
    receipt: receiptOf(world, paid.payment),
    notification: notification ? notificationView(notification) : null,
  });
}

export const answerPay = async (
  world: World,
  request: z.infer<typeof PayRequest>,
  wait: boolean,
): Promise<Answer> => answerPaid(world, await payCode(world, request), wait);

async function answerDecided(
  world: World,
  decided: Decided | Refusal,
  order: Parameters<typeof orderView>[1],
  wait: boolean,
): Promise<Answer> {
  if (decided.outcome === "refused") return refused(decided);
  const { notification } = decided;
  if (wait && notification) await firstRound(world, notification.id, WAIT_MS);
  return jsonAnswer(200, {
    outcome: "decided",
    order: orderView(world, order),
    notification: notification ? notificationView(notification) : null,
  });
}

const decisions = new Map([
  ["refuse", refuseOrder],
  ["cancel", cancelOrder],
  ["refund", refundOrder],
]);

/** The order by the id of its page, or by its invoice number. */
export async function answerIndodana(
  world: World,
  key: string,
  action: string,
  options: { wait: boolean; tenorMonths: number | undefined },
): Promise<Answer> {
  const byInvoice = world.state.bills.get(key);
  const order = findIndodana(world, key) ?? (byInvoice?.kind === "indodana" ? byInvoice : undefined);
  if (!order) return missing("Indodana order");
  if (action === "approve")
    return answerPaid(world, approveOrder(world, order, options.tenorMonths), options.wait);
  const decide = decisions.get(action);
  return decide ? answerDecided(world, decide(world, order), order, options.wait) : missing("action");
}

export async function answerRetry(world: World, id: string): Promise<Answer> {
  const notification = world.state.notifications.get(id);
  if (!notification) return missing("notification");
  const attempts = await deliverRound(world, notification, true);
  return jsonAnswer(200, { attempts, notification: notificationView(notification) });
}

export const ExpireRequest = z.strictObject({ code: Code });

/** Lets one code's time be up now, without moving the clock of all others. */
export function answerExpire(world: World, request: z.infer<typeof ExpireRequest>): Answer {
  const bill = findCode(world, request.code);
  if (!bill) return missing("code");
  bill.expiresAt = nowOf(world).toISOString();
  world.changed();
  return jsonAnswer(200, { code: codeView(world, bill) });
}
