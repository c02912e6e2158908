"use client";

import { getFormProps, getTextareaProps, useForm } from "@conform-to/react";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { submitTo, useErrorFocus } from "@/app/_components/server-form";
import { Notice } from "@/components/ui/notice";
import { PendingButton } from "@/components/ui/pending-button";
import { closeCaseWithNote } from "../cases/actions";
import type { CloseCaseFields, CloseCaseProblem } from "../cases/schema";

type Props = { caseId: string; orderId?: string | undefined };

/** Closes a case with a note. Works without JavaScript, and keeps what was typed. */
export function CloseCaseForm({ caseId, orderId }: Props) {
  const t = useTranslations("dashboard.closeCase");
  const [result, action] = useActionState(closeCaseWithNote, undefined);
  const [form, { note }] = useForm<CloseCaseFields>({ lastResult: result, onSubmit: submitTo(action) });
  useErrorFocus(form, result);
  return (
    // No validation by the browser: its messages may be in another language than the page.
    <form {...getFormProps(form, { ariaAttributes: false })} action={action} className="mt-3 max-w-2xl">
      <input type="hidden" name="caseId" value={caseId} />
      {orderId && <input type="hidden" name="orderId" value={orderId} />}
      {form.errors && (
        <Notice tone="attention" role="alert" className="mb-3">
          {t(form.errors[0] as CloseCaseProblem)}
        </Notice>
      )}
      <label htmlFor={note.id} className="mb-1.5 block font-semibold">
        {t("note")}
      </label>
      <textarea
        {...getTextareaProps(note, { ariaDescribedBy: note.descriptionId })}
        rows={2}
        maxLength={2000}
        required
        className={
          "block w-full rounded-xl border bg-card px-3.5 py-2.5 text-base " +
          (note.errors ? "border-2 border-danger" : "border-field")
        }
      />
      {note.errors && (
        <p id={note.errorId} className="mt-1.5 flex gap-1.5 text-sm font-semibold text-danger">
          <span aria-hidden="true">!</span>
          {t(note.errors[0] as CloseCaseProblem)}
        </p>
      )}
      <p id={note.descriptionId} className="mt-1.5 text-sm text-muted">
        {t("hint")}
      </p>
      <PendingButton pending={t("pending")} className="mt-3 w-full sm:w-auto">
        {t("submit")}
      </PendingButton>
    </form>
  );
}
