import { getFormProps, useForm } from "@conform-to/react";
import type { SubmissionResult } from "@conform-to/react";
import { useTranslations } from "next-intl";
import { Fragment, useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import { getFieldProps, submitTo, useErrorFocus } from "@/app/_components/server-form";
import { toWholeUnits } from "@/app/_components/whole-units";
import { LastsFields } from "@/app/dashboard/_components/lasts-fields";
import { ReusableField } from "@/app/dashboard/_components/reusable-field";
import { buttonClass } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { ChangedDetails, ChangedValidity } from "@/lib/payment/change-request";
import type { PaymentActionState } from "../actions";
import type { ChangeFields } from "../schema";

/** What a form needs of its `ChangeSection`. */
export type FormAnswer = {
  /** The last answer to this form; undefined when it begins with what is stored. */
  result: SubmissionResult | undefined;
  action: (form: FormData) => void;
  /** A field changed: the last answer is no news any more. */
  onChange: () => void;
};

type Props = FormAnswer & {
  /** The hidden fields that say which payment is meant, and the button. */
  children: ReactNode;
};

/** Another amount for the same code. The check on the server names the field and keeps what was typed. */
export function AmountForm({ amount, children, ...answer }: Props & { amount: number }) {
  const t = useTranslations("dashboard.act");
  const { fields, props } = useChangeForm(answer, { amount: String(amount) });
  return (
    <form {...props}>
      <Field
        {...getFieldProps(fields.amount)}
        label={t("amountField")}
        inputMode="numeric"
        autoComplete="off"
        required
      />
      {children}
    </form>
  );
}

type DetailsProps = Props & {
  /** Those of now, as they were typed. */
  details: ChangedDetails;
  tillName: string | undefined;
};

/** Other texts for the till. */
export function DetailsForm({ details, tillName, children, ...answer }: DetailsProps) {
  const t = useTranslations("dashboard.act");
  const { fields, props } = useChangeForm(answer, details);
  return (
    <form {...props}>
      <Field
        {...getFieldProps(fields.name)}
        label={t("detailsName")}
        hint={tillName === details.name ? undefined : t("detailsShown", { name: tillName ?? "" })}
        autoComplete="off"
        required
      />
      <Field {...getFieldProps(fields.email, "email")} label={t("detailsEmail")} autoComplete="off" />
      <Field {...getFieldProps(fields.info)} label={t("detailsInfo")} autoComplete="off" />
      {children}
    </form>
  );
}

type ValidityProps = Props & { validity: ChangedValidity; offersReuse: boolean };

/** How long the code lasts from now on, and whether it can be paid more than once. Both begin as they are now. */
export function ValidityForm({ validity, offersReuse, children, ...answer }: ValidityProps) {
  const t = useTranslations("dashboard.act");
  const { value, fields, props } = useChangeForm(answer, toValidityFields(validity));
  return (
    <form {...props}>
      <LastsFields
        fields={fields}
        labels={{ lasts: t("validityLasts"), lastsUnit: t("validityLastsUnit") }}
        values={value}
      />
      {offersReuse && (
        <ReusableField
          name={fields.reusable.name}
          isOn={value?.reusable === "on"}
          label={t("validityReusable")}
          hint={t("validityReusableHint")}
          error={fields.reusable.errors?.[0]}
        />
      )}
      {children}
    </form>
  );
}

/** What the three forms have in common: errors and typed values from the last answer, else what is stored. */
function useChangeForm({ result, action, onChange }: FormAnswer, defaultValue: ChangeFields) {
  const [form, fields] = useForm<ChangeFields>({
    lastResult: result,
    defaultValue,
    onSubmit: submitTo(action),
  });
  useErrorFocus(form, result);
  const props = { ...getFormProps(form, { ariaAttributes: false }), action, onChange };
  return { fields, value: form.value, props: { ...props, className: "grid max-w-sm gap-3" } };
}

function toValidityFields({ expiresInMinutes, reusable }: ChangedValidity): ChangeFields {
  const [lastsUnit, lasts] = toWholeUnits(expiresInMinutes);
  return { lasts: String(lasts), lastsUnit, ...(reusable && { reusable: "on" }) };
}

type SectionProps = Omit<FormAnswer, "result"> & {
  kind: "amount" | "details" | "validity";
  state: PaymentActionState;
  title: string;
  body: string;
  /** What the form begins with. The page may learn of another value while it is open. */
  stored: unknown;
  children: (answer: FormAnswer) => ReactNode;
};

/**
 * A change with fields. Once it is made, its form begins again with what is stored, as a new form: Conform resets one by
 * clicking its fields, which would look like a person's edit.
 */
export function ChangeSection({
  kind,
  state,
  title,
  body,
  stored,
  children,
  action,
  onChange,
}: SectionProps) {
  const own = "kind" in state && state.kind === kind ? state : undefined;
  const isOpen = own !== undefined && (own.status === "invalid" || own.outcome !== "done");
  const done = isOpen ? undefined : own;
  const resets = useResets({ state, isOpen, isDone: done !== undefined });
  return (
    <Disclosed title={title} body={body} open={isOpen} done={done} onOpen={onChange}>
      <Fragment key={`${resets} ${JSON.stringify(stored)}`}>
        {children({ result: isOpen ? own.result : undefined, action, onChange })}
      </Fragment>
    </Disclosed>
  );
}

type Answered = { state: PaymentActionState; isOpen: boolean };

/** How often a form began again: after its change, and after the answer to another action that took its own away. */
function useResets({ state, isOpen, isDone }: Answered & { isDone: boolean }): number {
  const [last, setLast] = useState({ state, isOpen, resets: 0 });
  if (last.state === state) return last.resets;
  const resets = last.resets + (isDone || (last.isOpen && !isOpen) ? 1 : 0);
  setLast({ state, isOpen, resets });
  return resets;
}

type DisclosedProps = {
  title: string;
  body: string;
  open: boolean;
  /** The answer that the change is made. */
  done: PaymentActionState | undefined;
  onOpen: () => void;
  children: ReactNode;
};

/** Stays open until the change is made; then it closes, and its title has the focus that the button had. */
function Disclosed({ title, body, open, done, onOpen, children }: DisclosedProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (!done || !details.current) return;
    // React does not know that a person opened it, so it would not close it.
    details.current.open = false;
    details.current.querySelector("summary")?.focus({ preventScroll: true });
  }, [done]);
  return (
    <details
      ref={details}
      open={open}
      onToggle={(event) => event.currentTarget.open && !open && onOpen()}
      className="mt-3 min-w-0"
    >
      <summary className={buttonClass("secondary", "w-full list-none sm:w-auto")}>{title}</summary>
      <p className="mt-3 mb-3 max-w-prose">{body}</p>
      {children}
    </details>
  );
}
