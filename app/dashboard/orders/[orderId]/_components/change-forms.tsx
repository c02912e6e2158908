import { getFormProps, useForm } from "@conform-to/react";
import type { SubmissionResult } from "@conform-to/react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import { getFieldProps, submitTo, useErrorFocus } from "@/app/_components/server-form";
import { toWholeUnits } from "@/app/_components/whole-units";
import { LastsFields } from "@/app/dashboard/_components/lasts-fields";
import { ReusableField } from "@/app/dashboard/_components/reusable-field";
import { buttonClass } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { ChangedValidity } from "@/lib/payment/change-request";
import type { PaymentActionState } from "../actions";
import type { ChangeFields } from "../schema";

type Props = {
  action: (form: FormData) => void;
  state: PaymentActionState;
  /** The form was opened, or a field changed: the last answer is no news any more. */
  onChange: () => void;
  /** The hidden fields that say which payment is meant, and the button. */
  children: ReactNode;
};

/** Resets a form after the answer to another action; as the first result it changes nothing. */
const noResult: SubmissionResult = { initialValue: null };

/** Conform's result for one form, whether its change has still to be made, and the answer that says it is made. */
function getResult(state: PaymentActionState, kind: "amount" | "details" | "validity") {
  if (!("kind" in state) || state.kind !== kind) return { result: noResult, isOpen: false, done: undefined };
  const isOpen = state.status === "invalid" || state.outcome !== "done";
  return { result: state.result, isOpen, done: isOpen ? undefined : state };
}

/** Another amount for the same code. The check on the server names the field and keeps what was typed. */
export function AmountForm({ action, state, onChange, amount, children }: Props & { amount: number }) {
  const t = useTranslations("dashboard.act");
  const { result, isOpen, done } = getResult(state, "amount");
  const [form, fields] = useForm<ChangeFields>({
    lastResult: result,
    defaultValue: { amount: String(amount) },
    onSubmit: submitTo(action),
  });
  useErrorFocus(form, result);
  return (
    <Disclosed title={t("amountTitle")} body={t("amountBody")} open={isOpen} done={done} onOpen={onChange}>
      <form
        {...getFormProps(form, { ariaAttributes: false })}
        action={action}
        onChange={onChange}
        className="grid max-w-sm gap-3"
      >
        <Field
          {...getFieldProps(fields.amount)}
          // The stored amount may change while the page is open: an untouched field follows it.
          defaultValue={isOpen ? form.value?.amount : String(amount)}
          label={t("amountField")}
          inputMode="numeric"
          autoComplete="off"
          required
        />
        {children}
      </form>
    </Disclosed>
  );
}

/** Other texts for the till. `details` are those of now, as they were typed. */
export function DetailsForm({
  action,
  state,
  onChange,
  details,
  tillName,
  children,
}: Props & { details: Record<"name" | "email" | "info", string>; tillName: string | undefined }) {
  const t = useTranslations("dashboard.act");
  const { result, isOpen, done } = getResult(state, "details");
  const [form, fields] = useForm<ChangeFields>({
    lastResult: result,
    defaultValue: details,
    onSubmit: submitTo(action),
  });
  useErrorFocus(form, result);
  // The stored details may change while the page is open: untouched fields follow them.
  const values = isOpen ? form.value : details;
  return (
    <Disclosed title={t("detailsTitle")} body={t("detailsBody")} open={isOpen} done={done} onOpen={onChange}>
      <form
        {...getFormProps(form, { ariaAttributes: false })}
        action={action}
        onChange={onChange}
        className="grid max-w-sm gap-3"
      >
        <Field
          {...getFieldProps(fields.name)}
          defaultValue={values?.name}
          label={t("detailsName")}
          hint={tillName === details.name ? undefined : t("detailsShown", { name: tillName ?? "" })}
          autoComplete="off"
          required
        />
        <Field
          {...getFieldProps(fields.email, "email")}
          defaultValue={values?.email}
          label={t("detailsEmail")}
          autoComplete="off"
        />
        <Field
          {...getFieldProps(fields.info)}
          defaultValue={values?.info}
          label={t("detailsInfo")}
          autoComplete="off"
        />
        {children}
      </form>
    </Disclosed>
  );
}

type ValidityProps = Props & { validity: ChangedValidity; offersReuse: boolean };

/** How long the code lasts from now on, and whether it can be paid more than once. Both begin as they are now. */
export function ValidityForm({ action, state, onChange, validity, offersReuse, children }: ValidityProps) {
  const t = useTranslations("dashboard.act");
  const { result, isOpen, done } = getResult(state, "validity");
  const stored = toValidityFields(validity);
  const [form, fields] = useForm<ChangeFields>({
    lastResult: result,
    defaultValue: stored,
    onSubmit: submitTo(action),
  });
  useErrorFocus(form, result);
  // The stored values may change while the page is open: untouched fields follow them.
  const values = isOpen ? form.value : stored;
  return (
    <Disclosed
      title={t("validityTitle")}
      body={t("validityBody")}
      open={isOpen}
      done={done}
      onOpen={onChange}
    >
      <form
        {...getFormProps(form, { ariaAttributes: false })}
        action={action}
        onChange={onChange}
        className="grid max-w-sm gap-3"
      >
        <LastsFields
          fields={fields}
          labels={{ lasts: t("validityLasts"), lastsUnit: t("validityLastsUnit") }}
          values={values}
        />
        {offersReuse && (
          <ReusableField
            name={fields.reusable.name}
            isOn={values?.reusable === "on"}
            label={t("validityReusable")}
            hint={t("validityReusableHint")}
            error={fields.reusable.errors?.[0]}
          />
        )}
        {children}
      </form>
    </Disclosed>
  );
}

function toValidityFields({ expiresInMinutes, reusable }: ChangedValidity): ChangeFields {
  const [lastsUnit, lasts] = toWholeUnits(expiresInMinutes);
  return { lasts: String(lasts), lastsUnit, ...(reusable && { reusable: "on" }) };
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
