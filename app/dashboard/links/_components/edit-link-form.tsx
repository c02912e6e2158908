"use client";

import { getFormProps, useForm } from "@conform-to/react";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { submitTo, useErrorFocus } from "@/app/_components/server-form";
import { PendingButton } from "@/components/ui/pending-button";
import { ProblemText } from "@/components/ui/problem-text";
import { changeLink } from "../actions";
import type { FormProblem } from "../actions";
import type { LinkFormValues, LinkProblem } from "../schema";
import { FormNotice } from "./new-link-form";
import { StockFields, TextFields, ThanksField } from "./text-fields";

type Props = { linkId: string; defaultValue: LinkFormValues };

/** The texts, the stock and the end of a link. */
export function EditLinkForm({ linkId, defaultValue }: Props) {
  const t = useTranslations("dashboard.links.form");
  const [state, action] = useActionState(changeLink, {});
  const [form, fields] = useForm<LinkFormValues>({
    lastResult: state.result,
    defaultValue,
    onSubmit: submitTo(action),
  });
  useErrorFocus(form, state.result);
  return (
    <form {...getFormProps(form, { ariaAttributes: false })} action={action} className="group space-y-6">
      <input type="hidden" name="linkId" value={linkId} />
      {form.errors && (
        <FormNotice isTemporary={state.isTemporary}>{t(form.errors[0] as FormProblem)}</FormNotice>
      )}
      <ProblemText value={(problem) => t(`errors.${problem as LinkProblem}`)}>
        <TextFields fields={fields} />
        <ThanksField fields={fields} />
        <StockFields fields={fields} />
      </ProblemText>
      <PendingButton look="primary" pending={t("pending")} className="w-full sm:w-auto">
        {t("save")}
      </PendingButton>
    </form>
  );
}
