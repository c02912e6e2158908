"use client";

import { getFormProps, getInputProps, getTextareaProps, useForm } from "@conform-to/react";
import type { FieldMetadata } from "@conform-to/react";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import type { ReactNode } from "react";
import { submitTo, useErrorFocus } from "@/app/_components/server-form";
import { ChoiceCard } from "@/components/ui/choice-card";
import { Notice } from "@/components/ui/notice";
import { PendingButton } from "@/components/ui/pending-button";
import type { CaseAct } from "@/lib/payment/case-decision";
import { decideCase } from "../cases/actions";
import type { CloseCaseFields, CloseCaseProblem } from "../cases/schema";

type Props = {
  caseId: string;
  orderId?: string | undefined;
  /** From `listCaseActs`. A single one needs no choice. */
  acts: readonly CaseAct[];
  /** In WIB, as YYYY-MM-DD. */
  today: string;
};

/** Closes a case by a decision and a note. Works without JavaScript, and keeps what was typed. */
export function CloseCaseForm({ caseId, orderId, acts, today }: Props) {
  const t = useTranslations("dashboard.closeCase");
  const [result, action] = useActionState(decideCase, undefined);
  const [form, { act, returnedOn, returnedHow, note }] = useForm<CloseCaseFields>({
    lastResult: result,
    onSubmit: submitTo(action),
    defaultValue: { returnedOn: today },
  });
  useErrorFocus(form, result);
  return (
    // No validation by the browser: its messages may be in another language than the page.
    <form
      {...getFormProps(form, { ariaAttributes: false })}
      action={action}
      className="group/close mt-3 max-w-2xl"
    >
      <input type="hidden" name="caseId" value={caseId} />
      {orderId && <input type="hidden" name="orderId" value={orderId} />}
      {form.errors && (
        <Notice tone="attention" role="alert" className="mb-3">
          {t(form.errors[0] as CloseCaseProblem)}
        </Notice>
      )}
      <Acts act={act} acts={acts} />
      {/* Shown by CSS, so that the choice works without JavaScript. */}
      {acts.includes("return") && (
        <div
          className={
            "mb-4 gap-4 sm:grid-cols-[12rem_minmax(0,1fr)] " +
            (acts.length > 1 ? "hidden group-has-[input[value=return]:checked]/close:grid" : "grid")
          }
        >
          <Labelled field={returnedOn} label={t("returnedOn")}>
            <input
              {...getInputProps(returnedOn, { type: "date" })}
              max={today}
              className={`min-h-12 ${getFieldClass(returnedOn)}`}
            />
          </Labelled>
          <Labelled field={returnedHow} label={t("returnedHow")} hint={t("returnedHowHint")}>
            <input
              {...getInputProps(returnedHow, { type: "text", ariaDescribedBy: returnedHow.descriptionId })}
              maxLength={200}
              autoComplete="off"
              className={`min-h-12 ${getFieldClass(returnedHow)}`}
            />
          </Labelled>
        </div>
      )}
      <Labelled field={note} label={t("note")} hint={t("hint")}>
        <textarea
          {...getTextareaProps(note, { ariaDescribedBy: note.descriptionId })}
          rows={2}
          maxLength={2000}
          required
          className={`py-2.5 ${getFieldClass(note)}`}
        />
      </Labelled>
      <PendingButton pending={t("pending")} className="mt-3 w-full sm:w-auto">
        {t("submit")}
      </PendingButton>
    </form>
  );
}

type ActsProps = { act: FieldMetadata<CaseAct | undefined>; acts: readonly CaseAct[] };

function Acts({ act, acts }: ActsProps) {
  const t = useTranslations("dashboard.closeCase");
  if (acts.length === 1) return <input type="hidden" name={act.name} value={acts[0]} />;
  return (
    <fieldset className="mb-4" aria-describedby={act.errors && act.errorId}>
      <legend className="mb-1.5 font-semibold">{t("decision")}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {acts.map((each) => (
          <ChoiceCard
            key={each}
            id={`${act.id}-${each}`}
            name={act.name}
            value={each}
            label={t(`acts.${each}`)}
            defaultChecked={act.initialValue === each}
            data-wrong={act.errors !== undefined}
          >
            {t(`actHints.${each}`)}
          </ChoiceCard>
        ))}
      </div>
      <Problem field={act} />
    </fieldset>
  );
}

const getFieldClass = ({ errors }: { errors?: string[] | undefined }) =>
  "block w-full rounded-xl border bg-card px-3.5 text-base " +
  (errors ? "border-2 border-danger" : "border-field");

type FieldProps = { field: FieldMetadata<string>; label: string; hint?: string; children: ReactNode };

/** The ids are Conform's, because a page has several of these forms. */
const Labelled = ({ field, label, hint, children }: FieldProps) => (
  <div>
    <label htmlFor={field.id} className="mb-1.5 block font-semibold">
      {label}
    </label>
    {children}
    <Problem field={field} />
    {hint && (
      <p id={field.descriptionId} className="mt-1.5 text-sm text-muted">
        {hint}
      </p>
    )}
  </div>
);

function Problem({ field }: { field: { errors?: string[] | undefined; errorId: string } }) {
  const t = useTranslations("dashboard.closeCase");
  if (!field.errors) return null;
  return (
    <p id={field.errorId} className="mt-1.5 flex gap-1.5 text-sm font-semibold text-danger">
      <span aria-hidden="true">!</span>
      {t(field.errors[0] as CloseCaseProblem)}
    </p>
  );
}
