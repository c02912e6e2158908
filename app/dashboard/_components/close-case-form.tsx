"use client";

import { useTranslations } from "next-intl";
import { useActionState, useEffect, useRef } from "react";
import { Notice } from "@/components/ui/notice";
import { PendingButton } from "@/components/ui/pending-button";
import { closeWithNote, type CloseCaseState } from "../cases/actions";

type Props = { caseId: string; orderId?: string | undefined };

const idle: CloseCaseState = { status: "idle", note: "" };

/** A case ends with a person's words. Works without JavaScript, and loses nothing that was typed. */
export function CloseCaseForm({ caseId, orderId }: Props) {
  const t = useTranslations("dashboard.closeCase");
  const [state, action] = useActionState(closeWithNote, idle);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (state.status === "note_missing") field.current?.focus();
  }, [state]);
  const id = `note-${caseId}`;
  const isMissing = state.status === "note_missing";
  return (
    // Our own words say what is missing, in the language of the page.
    <form action={action} noValidate className="mt-3 max-w-2xl">
      <input type="hidden" name="caseId" value={caseId} />
      {orderId && <input type="hidden" name="orderId" value={orderId} />}
      {state.status === "gone" && (
        <Notice tone="attention" role="alert" className="mb-3">
          {t("gone")}
        </Notice>
      )}
      <label htmlFor={id} className="mb-1.5 block font-semibold">
        {t("note")}
      </label>
      <textarea
        ref={field}
        id={id}
        name="note"
        rows={2}
        maxLength={2000}
        required
        // A form is emptied after its action; the key makes what was typed its first value.
        key={state.note}
        defaultValue={state.note}
        aria-invalid={isMissing || undefined}
        aria-describedby={isMissing ? `${id}-error ${id}-hint` : `${id}-hint`}
        className={
          "block w-full rounded-xl border bg-card px-3.5 py-2.5 text-base " +
          (isMissing ? "border-2 border-danger" : "border-field")
        }
      />
      {isMissing && (
        <p id={`${id}-error`} className="mt-1.5 flex gap-1.5 text-sm font-semibold text-danger">
          <span aria-hidden="true">!</span>
          {t("missing")}
        </p>
      )}
      <p id={`${id}-hint`} className="mt-1.5 text-sm text-muted">
        {t("hint")}
      </p>
      <PendingButton pending={t("pending")} className="mt-3 w-full sm:w-auto">
        {t("submit")}
      </PendingButton>
    </form>
  );
}
