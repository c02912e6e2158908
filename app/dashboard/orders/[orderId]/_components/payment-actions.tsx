"use client";

import { useTranslations } from "next-intl";
import { useActionState, type ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Translator } from "@/components/translator";
import { actOnPayment, type PaymentActionState } from "../actions";
import { AmountForm, DetailsForm } from "./change-forms";

type Props = {
  orderId: string;
  invoiceNumber: string;
  can: Record<"extend" | "cancel" | "amount" | "details", boolean>;
  /** What the till shows now. */
  details: { name: string; email: string; info: string };
};

/**
 * What staff can do with a payment, and the result. Amount and details have forms of their own, so that Enter in a field
 * submits that field and no other action.
 */
export function PaymentActions({ orderId, invoiceNumber, can, details }: Props) {
  const t = useTranslations("dashboard");
  const [state, action, isPending] = useActionState(actOnPayment, { status: "idle" });
  const outcome = getOutcomeText(state, t);
  const button = (act: string, children: ReactNode) => (
    <button
      type="submit"
      name="act"
      value={act}
      aria-disabled={isPending}
      onClick={(event) => isPending && event.preventDefault()}
      className={buttonClass("secondary", "w-full sm:w-auto")}
    >
      {children}
    </button>
  );
  const which = (
    <>
      <input type="hidden" name="orderId" value={orderId} />
      <input type="hidden" name="invoiceNumber" value={invoiceNumber} />
    </>
  );
  return (
    <div className="mt-4">
      <form action={action} className="grid gap-3 sm:flex sm:flex-wrap sm:items-start">
        {button("check", t("act.check"))}
        {can.extend && button("extend", t("act.extend"))}
        {can.cancel && (
          <details className="group min-w-0 sm:open:w-full">
            <summary className={buttonClass("secondary", "w-full list-none sm:w-auto")}>
              {t("act.cancelTitle")}
            </summary>
            <p className="mt-3 mb-3 max-w-prose">{t("act.cancelBody")}</p>
            {button("cancel", t("act.cancel"))}
          </details>
        )}
        {which}
      </form>
      {can.amount && (
        <AmountForm action={action} state={state}>
          {which}
          {button("amount", t("act.amount"))}
        </AmountForm>
      )}
      {can.details && (
        <DetailsForm action={action} state={state} details={details}>
          {which}
          {button("details", t("act.details"))}
        </DetailsForm>
      )}
      {(isPending || outcome) && (
        <Notice role="alert" className="mt-3">
          {isPending ? t("act.pending") : outcome}
        </Notice>
      )}
    </div>
  );
}

function getOutcomeText(state: PaymentActionState, t: Translator<"dashboard">): string | undefined {
  switch (state.status) {
    case "idle":
      return undefined;
    case "asked":
      return t("act.asked", { status: t(`states.${state.state}`) });
    case "later":
    case "unanswered":
    case "not_found":
      return t(`act.${state.status}`);
    case "changed":
      return state.outcome === "done" ? t(`act.${state.kind}Done`) : t(`act.outcomes.${state.outcome}`);
    case "invalid":
      return t("act.invalid");
  }
}
