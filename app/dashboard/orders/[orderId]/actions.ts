"use server";

import { z } from "zod";
import { findLivePayment } from "@/db/payments";
import { changePayment, type ChangePayment } from "@/lib/operations/change-payment";
import { checkPayment } from "@/lib/operations/check-payment";
import type { Deps } from "@/lib/operations/deps";
import { OrderId } from "@/lib/payment/order-id";
import type { PaymentStatus } from "@/lib/payment/payment";
import { parseRupiah } from "@/lib/payment/rupiah";
import { getDeps } from "@/lib/server/deps";
import { requireMerchant } from "@/lib/server/session";

export type ActState =
  | { status: "idle" }
  /** `state` is what is on record after DOKU was asked. */
  | { status: "asked"; state: PaymentStatus }
  | { status: "later" | "not_found" }
  | { status: "changed"; kind: "cancel" | "extend" | "amount"; outcome: ChangePayment["outcome"] };

const Form = z.object({
  act: z.enum(["check", "cancel", "extend", "amount"]),
  amount: z.string().max(30).default(""),
  orderId: OrderId,
  invoiceNumber: z.string().max(64),
});

/** One of the merchant's acts on a payment, and what came of it. */
export async function actOnPayment(_previous: ActState, form: FormData): Promise<ActState> {
  await requireMerchant();
  const input = Form.safeParse(Object.fromEntries(form));
  if (!input.success) return { status: "not_found" };
  const { act, orderId, invoiceNumber } = input.data;
  const deps = await getDeps();
  if (act === "check") return check(deps, invoiceNumber);
  const wish = wishOf(act, input.data.amount);
  if (!wish) return { status: "changed", kind: act, outcome: "does_not_fit" };
  const live = await findLivePayment(deps.db, orderId);
  // The page may be older than the shopper's last choice: only the payment that was looked at is changed.
  const isLive = live?.invoiceNumber === invoiceNumber;
  const { outcome } = isLive
    ? await changePayment(deps, { orderId, cause: "merchant", ...wish })
    : { outcome: "not_possible" as const };
  return { status: "changed", kind: act, outcome };
}

function wishOf(kind: "cancel" | "extend" | "amount", typed: string) {
  if (kind !== "amount") return { kind };
  const amount = parseRupiah(typed);
  return amount && { kind, amount };
}

async function check(deps: Deps, invoiceNumber: string): Promise<ActState> {
  const checked = await checkPayment(deps, invoiceNumber);
  return checked.outcome === "asked"
    ? { status: "asked", state: checked.payment.status }
    : { status: checked.outcome };
}
