"use client";

import { useLocale, useTranslations } from "next-intl";
import { useActionState, useState, type ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { ProblemText } from "@/components/ui/problem-text";
import type { Translator } from "@/components/translator";
import type { ChangedDetails, ChangedValidity, ChangeKind } from "@/lib/payment/change-request";
import { actOnPayment, type PaymentActionState } from "../actions";
import { AmountForm, ChangeSection, DetailsForm, ValidityForm } from "./change-forms";
import type { FormAnswer } from "./change-forms";
import { formatChangeProblem } from "./change-problem";

type Props = {
  orderId: string;
  invoiceNumber: string;
  can: Record<ChangeKind, boolean>;
  /** What is to be paid now, in rupiah. */
  amount: number;
  /** What the till shows now, as it was typed. */
  details: ChangedDetails;
  /** The name as the till shows it; undefined without a till. */
  tillName: string | undefined;
  /** How long the code lasts from a change on, and whether it can be paid more than once. */
  validity: ChangedValidity;
  /** Whether DOKU has reusable codes of this kind. */
  offersReuse: boolean;
};

/**
 * What staff can do with a payment, and the result. Changes with fields have forms of their own, so that Enter in a field
 * submits that field and no other action.
 */
export function PaymentActions(props: Props) {
  const { orderId, invoiceNumber, can, amount, details, tillName, validity, offersReuse } = props;
  const t = useTranslations("dashboard");
  const [state, action, isPending] = useActionState(actOnPayment, { status: "idle" });
  const [pressed, setPressed] = useState<Place>("code");
  // The answer goes with the next change.
  const [seen, setSeen] = useState<PaymentActionState>();
  const onChange = () => setSeen(state);
  const toText = useChangeProblemText();
  const text = isPending ? t("act.pending") : state === seen ? undefined : getOutcomeText(state, t);
  const place = isPending ? pressed : getPlace("kind" in state ? state.kind : "check");
  const answer = (at: Place) =>
    at === place &&
    text !== undefined && (
      <Notice role="alert" className="mt-3">
        {text}
      </Notice>
    );
  const button = (act: string, children: ReactNode) => (
    <button
      type="submit"
      name="act"
      value={act}
      aria-disabled={isPending}
      onClick={(event) => (isPending ? event.preventDefault() : setPressed(getPlace(act)))}
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
  const section = (
    kind: Exclude<Place, "code">,
    stored: unknown,
    children: (answer: FormAnswer) => ReactNode,
  ) => (
    <ChangeSection
      {...{ kind, state, action, onChange, stored }}
      title={t(`act.${kind}Title`)}
      body={t(`act.${kind}Body`)}
    >
      {children}
    </ChangeSection>
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
      {answer("code")}
      <ProblemText value={toText}>
        {can.amount &&
          section("amount", amount, (form) => (
            <AmountForm {...form} amount={amount}>
              {which}
              {button("amount", t("act.amount"))}
            </AmountForm>
          ))}
        {answer("amount")}
        {can.details &&
          section("details", details, (form) => (
            <DetailsForm {...form} details={details} tillName={tillName}>
              {which}
              {button("details", t("act.details"))}
            </DetailsForm>
          ))}
        {answer("details")}
        {can.validity &&
          section("validity", validity, (form) => (
            <ValidityForm {...form} validity={validity} offersReuse={offersReuse}>
              {which}
              {button("validity", t("act.validity"))}
            </ValidityForm>
          ))}
        {answer("validity")}
      </ProblemText>
    </div>
  );
}

/** Where an answer stands: below the form whose button was pressed. */
type Place = "code" | "amount" | "details" | "validity";

const getPlace = (act: string): Place =>
  act === "amount" || act === "details" || act === "validity" ? act : "code";

function useChangeProblemText(): (problem: string) => string {
  const errors = useTranslations("dashboard.make.errors");
  const faults = useTranslations("dashboard.act.faults");
  const locale = useLocale();
  return (problem) => formatChangeProblem(problem, { errors, faults }, locale);
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
