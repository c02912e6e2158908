"use server";

import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { sentenceOf } from "@/app/dashboard/new/_components/make-problems";
import { formatRupiah } from "@/components/rupiah";
import { findAddress } from "@/db/queries/payments";
import { changePayment, type ChangePayment } from "@/lib/operations/changes/change-payment";
import type { CodeChangeRequest } from "@/lib/payment/change-request";
import { checkPayment } from "@/lib/operations/reconciliation/check-payment";
import type { Deps } from "@/lib/operations/deps";
import { staffActor } from "@/lib/payment/attribution";
import type { ChangeFault } from "@/lib/payment/change-request";
import { InvoiceNumber } from "@/lib/payment/invoice-number";
import { OrderId } from "@/lib/payment/order-id";
import type { PaymentStatus } from "@/lib/payment/payment";
import { getDeps } from "@/lib/server/deps";
import { requireMerchant } from "@/lib/server/auth/session";
import { parseChangeForm, typedIn } from "./schema";
import type { ParsedChangeForm, Typed, ChangeField } from "./schema";

export type ChangeErrors = Partial<Record<ChangeField, string>>;

export type ActState =
  | { status: "idle" }
  /** `state` is what is on record after DOKU was asked. */
  | { status: "asked"; state: PaymentStatus }
  | { status: "later" | "unanswered" | "not_found" }
  | {
      status: "changed";
      kind: CodeChangeRequest["kind"];
      outcome: Exclude<ChangePayment["outcome"], "does_not_fit">;
      typed: Typed;
    }
  /** `errors` are sentences in the language of the page. */
  | { status: "invalid"; kind: CodeChangeRequest["kind"]; errors: ChangeErrors; typed: Typed };

const Form = z.object({
  act: z.enum(["check", "cancel", "extend", "amount", "details"]),
  orderId: OrderId,
  invoiceNumber: InvoiceNumber,
});

/** One of the merchant's acts on a payment, and what came of it. */
export async function actOnPayment(_previous: ActState, form: FormData): Promise<ActState> {
  const merchant = await requireMerchant();
  const input = Form.safeParse(Object.fromEntries(form));
  if (!input.success) return { status: "not_found" };
  const { act, orderId, invoiceNumber } = input.data;
  const deps = await getDeps();
  if (act === "check") return check(deps, invoiceNumber);
  const typed = typedIn(form);
  const read = parseChangeForm(act, typed);
  if (read.outcome === "invalid")
    return { status: "invalid", kind: act, errors: await errorsOf(read), typed };
  // The page may be older than the shopper's last choice: only the payment that was looked at is changed.
  const found = await findAddress(deps.db, invoiceNumber);
  if (!found) return { status: "not_found" };
  const { paymentId } = found;
  const actor = staffActor(merchant.id);
  const changed = await changePayment(deps, { orderId, paymentId, actor, ...read.request });
  return changed.outcome === "does_not_fit"
    ? { status: "invalid", kind: act, errors: await errorOf(changed.fault), typed }
    : { status: "changed", kind: act, outcome: changed.outcome, typed };
}

async function errorsOf({
  problems,
}: Extract<ParsedChangeForm, { outcome: "invalid" }>): Promise<ChangeErrors> {
  const [locale, t] = [await getLocale(), await getTranslations("dashboard.make.errors")];
  return Object.fromEntries(
    Object.entries(problems).map(([field, problem]) => [field, sentenceOf(problem, t, locale)]),
  );
}

async function errorOf(fault: ChangeFault): Promise<ChangeErrors> {
  const [locale, t] = [await getLocale(), await getTranslations("dashboard.act.faults")];
  if (fault.field === "email") return { email: t(fault.because) };
  const [least, most] = [formatRupiah(fault.least, locale), formatRupiah(fault.most, locale)];
  return { amount: t(fault.because, { least, most }) };
}

async function check(deps: Deps, invoiceNumber: string): Promise<ActState> {
  const checked = await checkPayment(deps, invoiceNumber);
  return checked.outcome === "asked"
    ? { status: "asked", state: checked.payment.status }
    : { status: checked.outcome };
}
