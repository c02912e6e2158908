"use server";

import type { SubmissionResult } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { redirect } from "next/navigation";
import { pickFields } from "@/app/_components/known-fields";
import { closeCase } from "@/lib/operations/cases/close-case";
import type { CaseDecision, CloseCase } from "@/lib/operations/cases/close-case";
import { staffActor } from "@/lib/payment/attribution";
import { getDeps } from "@/lib/server/deps";
import { requireStaffUser } from "@/lib/server/auth/session";
import { CloseCaseInput, fieldNames, maxCharacters } from "./schema";
import type { CloseCaseFields, CloseCaseProblem } from "./schema";

/** Closes a case by the decision of the user who is signed in, and returns to the page of the form. */
export async function decideCase(
  _previous: SubmissionResult | undefined,
  form: FormData,
): Promise<SubmissionResult | undefined> {
  const merchant = await requireStaffUser();
  const submission = parseWithZod(pickFields(form, fieldNames, maxCharacters), {
    schema: CloseCaseInput,
    disableAutoCoercion: true,
  });
  if (submission.status !== "success") return submission.reply(onForm("gone"));
  const { caseId, act, note, orderId, returnedOn, returnedHow } = submission.value;
  if (act === undefined) return submission.reply(onField("act", "choose"));
  const decision: CaseDecision = act === "return" ? { act, on: returnedOn, how: returnedHow } : { act };
  const closing = { caseId, decision, note, actor: staffActor(merchant.id), by: merchant.email };
  const { outcome } = await closeCase(await getDeps(), closing);
  if (outcome === "closed" || outcome === "already_closed")
    return redirect(
      orderId ? `/dashboard/orders/${orderId}?case=${outcome}` : `/dashboard/cases?case=${outcome}`,
    );
  return submission.reply(toProblem(outcome));
}

function toProblem(outcome: Exclude<CloseCase["outcome"], "closed" | "already_closed">) {
  switch (outcome) {
    case "note_missing":
      return onField("note", "missing");
    case "how_missing":
      return onField("returnedHow", "how");
    case "date_invalid":
      return onField("returnedOn", "date");
    case "not_possible":
      return onForm("impossible");
    case "not_found":
      return onForm("gone");
  }
}

const onForm = (problem: CloseCaseProblem) => ({ formErrors: [problem] });
const onField = (field: keyof CloseCaseFields, problem: CloseCaseProblem) => ({
  fieldErrors: { [field]: [problem] },
});
