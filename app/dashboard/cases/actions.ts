"use server";

import type { SubmissionResult } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { redirect } from "next/navigation";
import { pickFields } from "@/app/_components/known-fields";
import { closeCase } from "@/lib/operations/cases/close-case";
import { staffActor } from "@/lib/payment/attribution";
import { getDeps } from "@/lib/server/deps";
import { requireStaffUser } from "@/lib/server/auth/session";
import { CloseCaseInput, fieldNames, maxCharacters } from "./schema";
import type { CloseCaseProblem } from "./schema";

/** Closes a case with a note by the user who is signed in, and returns to the page of the form. */
export async function closeCaseWithNote(
  _previous: SubmissionResult | undefined,
  form: FormData,
): Promise<SubmissionResult | undefined> {
  const merchant = await requireStaffUser();
  const submission = parseWithZod(pickFields(form, fieldNames, maxCharacters), {
    schema: CloseCaseInput,
    disableAutoCoercion: true,
  });
  const gone = { formErrors: ["gone" satisfies CloseCaseProblem] };
  if (submission.status !== "success") return submission.reply(gone);
  const { caseId, note, orderId } = submission.value;
  const closing = { caseId, note, actor: staffActor(merchant.id), by: merchant.email };
  const { outcome } = await closeCase(await getDeps(), closing);
  switch (outcome) {
    case "closed":
    case "already_closed":
      return redirect(
        orderId ? `/dashboard/orders/${orderId}?case=${outcome}` : `/dashboard/cases?case=${outcome}`,
      );
    case "note_missing":
      return submission.reply({ fieldErrors: { note: ["missing" satisfies CloseCaseProblem] } });
    case "not_found":
      return submission.reply(gone);
  }
}
