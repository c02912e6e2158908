"use server";

import { z } from "zod";
import { findAddress } from "@/db/payments";
import { ContactEmail } from "@/lib/channels/contact";
import { changePayment, type ChangePayment, type Wish } from "@/lib/operations/change-payment";
import { checkPayment } from "@/lib/operations/check-payment";
import type { Deps } from "@/lib/operations/deps";
import { InvoiceNumber } from "@/lib/payment/invoice-number";
import { OrderId } from "@/lib/payment/order-id";
import type { PaymentStatus } from "@/lib/payment/payment";
import { parseRupiah } from "@/lib/payment/rupiah";
import { Terms } from "@/lib/payment/terms";
import { getDeps } from "@/lib/server/deps";
import { requireMerchant } from "@/lib/server/session";

export type ActState =
  | { status: "idle" }
  /** `state` is what is on record after DOKU was asked. */
  | { status: "asked"; state: PaymentStatus }
  | { status: "later" | "not_found" }
  | { status: "changed"; kind: Wish["kind"]; outcome: ChangePayment["outcome"] };

const Form = z.object({
  act: z.enum(["check", "cancel", "extend", "amount", "details"]),
  amount: z.string().max(30).default(""),
  name: z.string().trim().max(200).default(""),
  email: z.string().trim().max(200).default(""),
  info: z.string().trim().max(200).default(""),
  orderId: OrderId,
  invoiceNumber: InvoiceNumber,
});

/** One of the merchant's acts on a payment, and what came of it. */
export async function actOnPayment(_previous: ActState, form: FormData): Promise<ActState> {
  await requireMerchant();
  const input = Form.safeParse(Object.fromEntries(form));
  if (!input.success) return { status: "not_found" };
  const { act, orderId, invoiceNumber } = input.data;
  const deps = await getDeps();
  if (act === "check") return check(deps, invoiceNumber);
  const wish = wishOf(act, input.data);
  if (!wish) return { status: "changed", kind: act, outcome: "does_not_fit" };
  // The page may be older than the shopper's last choice: only the payment that was looked at is changed.
  const found = await findAddress(deps.db, invoiceNumber);
  if (!found) return { status: "not_found" };
  const { paymentId } = found;
  const { outcome } = await changePayment(deps, { orderId, paymentId, cause: "merchant", ...wish });
  return { status: "changed", kind: act, outcome };
}

type Typed = Pick<z.infer<typeof Form>, "amount" | "name" | "email" | "info">;

/** undefined for words or an amount that cannot be meant. */
function wishOf(kind: Wish["kind"], typed: Typed): Wish | undefined {
  if (kind === "cancel" || kind === "extend") return { kind };
  if (kind === "amount") {
    const amount = parseRupiah(typed.amount);
    return amount && { kind, amount };
  }
  const { name, email, info } = typed;
  const isFitting =
    name !== "" &&
    name.length <= 40 &&
    (email === "" || ContactEmail.safeParse(email).success) &&
    (info === "" || Terms.safeParse({ info }).success);
  return isFitting ? { kind, details: { name, email, info } } : undefined;
}

async function check(deps: Deps, invoiceNumber: string): Promise<ActState> {
  const checked = await checkPayment(deps, invoiceNumber);
  return checked.outcome === "asked"
    ? { status: "asked", state: checked.payment.status }
    : { status: checked.outcome };
}
