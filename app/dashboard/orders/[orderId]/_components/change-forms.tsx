import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import type { ActState } from "../actions";

type Props = {
  action: (form: FormData) => void;
  state: ActState;
  /** The hidden fields that say which payment is meant, and the button. */
  children: ReactNode;
};

/** What stands in the form after the act: what was typed while it has not been done, and what is wrong with it. */
function leftBy(state: ActState, kind: "amount" | "details") {
  if (!("kind" in state) || state.kind !== kind) return {};
  if (state.status === "changed") return state.outcome === "done" ? {} : { typed: state.typed };
  return { typed: state.typed, errors: state.errors };
}

/** Another amount for the same code. Our own checks name the field and keep what was typed; the browser's do neither. */
export function AmountForm({ action, state, children }: Props) {
  const t = useTranslations("dashboard.act");
  const { typed, errors } = leftBy(state, "amount");
  return (
    <Disclosed title={t("amountTitle")} body={t("amountBody")} open={typed !== undefined}>
      <form action={action} noValidate className="grid max-w-sm gap-3">
        <Field
          name="amount"
          label={t("amountField")}
          inputMode="numeric"
          autoComplete="off"
          required
          defaultValue={typed?.amount}
          error={errors?.amount}
        />
        {children}
      </form>
    </Disclosed>
  );
}

/** Other words for the till. `details` are those that it shows now. */
export function DetailsForm({
  action,
  state,
  details,
  children,
}: Props & { details: Record<"name" | "email" | "info", string> }) {
  const t = useTranslations("dashboard.act");
  const { typed, errors } = leftBy(state, "details");
  const values = typed ?? details;
  return (
    <Disclosed title={t("detailsTitle")} body={t("detailsBody")} open={typed !== undefined}>
      <form action={action} noValidate className="grid max-w-sm gap-3">
        <Field
          name="name"
          label={t("detailsName")}
          autoComplete="off"
          required
          defaultValue={values.name}
          error={errors?.name}
        />
        <Field
          name="email"
          type="email"
          label={t("detailsEmail")}
          autoComplete="off"
          defaultValue={values.email}
          error={errors?.email}
        />
        <Field
          name="info"
          label={t("detailsInfo")}
          autoComplete="off"
          defaultValue={values.info}
          error={errors?.info}
        />
        {children}
      </form>
    </Disclosed>
  );
}

/** Stands open while what was typed in it has not been done. */
const Disclosed = ({
  title,
  body,
  open,
  children,
}: {
  title: string;
  body: string;
  open: boolean;
  children: ReactNode;
}) => (
  <details open={open} className="mt-3 min-w-0">
    <summary className={buttonClass("secondary", "w-full list-none sm:w-auto")}>{title}</summary>
    <p className="mt-3 mb-3 max-w-prose">{body}</p>
    {children}
  </details>
);
