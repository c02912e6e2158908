"use server";

import type { SubmissionResult } from "@conform-to/react";
import { redirect } from "next/navigation";
import { pickFields } from "@/app/_components/known-fields";
import { encodeProblem } from "@/app/dashboard/_components/form-problems";
import { isUnavailable } from "@/db/rows";
import { createMerchantPayment } from "@/lib/operations/payments/create-merchant-payment";
import { staffActor } from "@/lib/payment/attribution";
import { getDeps } from "@/lib/server/deps";
import { log } from "@/lib/server/log";
import { requireStaffUser } from "@/lib/server/auth/session";
import { postedNames } from "./_components/field-names";
import { toIdempotencyKey } from "@/app/_components/form-key";
import { toProblems } from "./_components/form-problems";
import type { Problems } from "./_components/form-problems";
import { listOffers } from "./_components/offers";
import { parseNewCodeForm } from "./schema";

/** A key of the catalogue's `dashboard.make`. */
export type FormProblem = "invalid" | "away";

export type NewCodeState = {
  /** What was typed, and what is wrong: a `FormProblem` for the form, an encoded `Problem` for each wrong field. */
  result?: SubmissionResult;
  /** The same form will succeed after some time. */
  isTemporary?: boolean;
};

/** Makes the payment that the form asks for, or says what to correct. Sent twice, it finds the payment of the first time. */
export async function createCode(_previous: NewCodeState, form: FormData): Promise<NewCodeState> {
  const merchant = await requireStaffUser("/dashboard/new");
  const deps = await getDeps();
  const offers = listOffers(deps.settings);
  const fields = pickFields(form, postedNames);
  const submission = parseNewCodeForm(fields, offers, encodeProblem);
  const formErrors = ["invalid" satisfies FormProblem];
  if (submission.status !== "success") return { result: submission.reply({ formErrors }) };
  const created = await createMerchantPayment(deps, {
    ...submission.value,
    actor: staffActor(merchant.id),
    reason: "dashboard",
    key: toIdempotencyKey(fields, submission.value),
  }).catch(returnIfUnavailable);
  switch (created?.outcome) {
    case undefined:
      return { result: submission.reply({ formErrors: ["away" satisfies FormProblem] }), isTemporary: true };
    case "made":
    case "exists":
    case "refused":
      // DOKU's reasons for a refusal stand on the order's page.
      return redirect(`/dashboard/orders/${created.orderId}?made=${created.outcome}`);
    case "wrong": {
      const offer = offers.find(({ channel }) => channel === submission.value.channel);
      const fieldErrors = toFieldErrors(toProblems(created.fault, offer));
      return { result: submission.reply({ formErrors, fieldErrors }) };
    }
  }
}

function returnIfUnavailable(error: unknown): undefined {
  if (!isUnavailable(error)) throw error;
  log("warn", "make_payment_failed", { error });
}

const toFieldErrors = (problems: Problems): Record<string, string[]> =>
  Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, [encodeProblem(problem)]]));
