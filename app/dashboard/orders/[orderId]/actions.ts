"use server";

import type { SubmissionResult } from "@conform-to/react";
import { z } from "zod";
import { pickFields } from "@/app/_components/known-fields";
import { findPaymentByInvoice } from "@/db/queries/payments";
import { changePayment, type ChangePayment } from "@/lib/operations/changes/change-payment";
import { changeKinds } from "@/lib/payment/change-request";
import type { CodeChangeRequest } from "@/lib/payment/change-request";
import { checkPayment } from "@/lib/operations/reconciliation/check-payment";
import type { Deps } from "@/lib/operations/deps";
import { staffActor } from "@/lib/payment/attribution";
import { InvoiceNumber } from "@/lib/payment/invoice-number";
import { OrderId } from "@/lib/payment/order-id";
import type { PaymentStatus } from "@/lib/payment/payment";
import { getDeps } from "@/lib/server/deps";
import { requireStaffUser } from "@/lib/server/auth/session";
import { encodeProblem } from "./_components/change-problem";
import { fieldNames, parseChangeForm } from "./schema";

export type PaymentActionState =
  | { status: "idle" }
  /** `state` is the stored status after the status check. */
  | { status: "asked"; state: PaymentStatus }
  | { status: "later" | "unanswered" | "not_found" }
  | {
      status: "changed";
      kind: CodeChangeRequest["kind"];
      outcome: Exclude<ChangePayment["outcome"], "does_not_fit">;
      result: SubmissionResult;
    }
  /** The errors in `result` are as `encodeProblem` writes them. */
  | { status: "invalid"; kind: CodeChangeRequest["kind"]; result: SubmissionResult };

const ActionForm = z.object({
  act: z.enum(["check", ...changeKinds]),
  orderId: OrderId,
  invoiceNumber: InvoiceNumber,
});

/** Checks or changes a payment for the merchant, and says what came of it. */
export async function actOnPayment(
  _previous: PaymentActionState,
  form: FormData,
): Promise<PaymentActionState> {
  const merchant = await requireStaffUser();
  const input = ActionForm.safeParse(Object.fromEntries(form));
  if (!input.success) return { status: "not_found" };
  const { act, orderId, invoiceNumber } = input.data;
  const deps = await getDeps();
  if (act === "check") return checkNow(deps, invoiceNumber);
  const submission = parseChangeForm(act, pickFields(form, fieldNames), encodeProblem);
  if (submission.status !== "success") return { status: "invalid", kind: act, result: submission.reply() };
  // The page may be older than the shopper's last choice: only the payment that it showed is changed.
  const found = await findPaymentByInvoice(deps.db, invoiceNumber);
  if (!found) return { status: "not_found" };
  const { paymentId } = found;
  const actor = staffActor(merchant.id);
  const changed = await changePayment(deps, { orderId, paymentId, actor, ...submission.value });
  if (changed.outcome === "does_not_fit") {
    const fieldErrors = { [changed.fault.field]: [encodeProblem(changed.fault)] };
    return { status: "invalid", kind: act, result: submission.reply({ fieldErrors }) };
  }
  return { status: "changed", kind: act, outcome: changed.outcome, result: submission.reply() };
}

async function checkNow(deps: Deps, invoiceNumber: string): Promise<PaymentActionState> {
  const checked = await checkPayment(deps, invoiceNumber);
  return checked.outcome === "asked"
    ? { status: "asked", state: checked.payment.status }
    : { status: checked.outcome };
}
