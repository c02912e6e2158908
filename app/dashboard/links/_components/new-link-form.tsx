"use client";

import { getFormProps, getInputProps, useForm } from "@conform-to/react";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { submitTo, useErrorFocus } from "@/app/_components/server-form";
import { Notice } from "@/components/ui/notice";
import { PendingButton } from "@/components/ui/pending-button";
import { ProblemText } from "@/components/ui/problem-text";
import { createLink } from "../actions";
import type { FormProblem } from "../actions";
import type { LinkFormValues, LinkProblem } from "../schema";
import { AskFields, PriceFields } from "./offer-fields";
import { StockFields, TextFields, ThanksField } from "./text-fields";

/** Works without JavaScript; with it, the first wrong field gets the focus. */
export function NewLinkForm({ formKey }: { formKey: string }) {
  const t = useTranslations("dashboard.links.form");
  const [state, action] = useActionState(createLink, {});
  const [form, fields] = useForm<LinkFormValues>({
    lastResult: state.result,
    defaultValue: {
      ...{ key: formKey, priceKind: "fixed", stockKind: "any" },
      ...{ phone: "no", address: "no", note: "no" },
    },
    onSubmit: submitTo(action),
  });
  useErrorFocus(form, state.result);
  return (
    // No validation by the browser: its messages may be in another language than the page.
    <form
      {...getFormProps(form, { ariaAttributes: false })}
      action={action}
      className="group max-w-2xl space-y-8"
    >
      <input {...getInputProps(fields.key, { type: "hidden" })} />
      {form.errors && (
        <FormNotice isTemporary={state.isTemporary}>{t(form.errors[0] as FormProblem)}</FormNotice>
      )}
      <ProblemText value={(problem) => t(`errors.${problem as LinkProblem}`)}>
        <TextFields fields={fields} />
        <PriceFields fields={fields} />
        <StockFields fields={fields} />
        <AskFields fields={fields} />
        <ThanksField fields={fields} />
      </ProblemText>
      <PendingButton look="primary" pending={t("pending")} className="min-h-14 w-full sm:text-lg">
        {t("submit")}
      </PendingButton>
    </form>
  );
}

/** What is wrong with the whole form; it takes the focus where no field is wrong. */
export const FormNotice = ({
  isTemporary,
  children,
}: {
  isTemporary: boolean | undefined;
  children: string;
}) => (
  <div tabIndex={-1} data-notice className="rounded-xl">
    <Notice role="alert" tone={isTemporary ? "waiting" : "attention"}>
      {children}
    </Notice>
  </div>
);
