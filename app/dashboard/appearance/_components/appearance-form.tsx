"use client";

import { getFormProps, useForm } from "@conform-to/react";
import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import type { FormEvent } from "react";
import { submitTo, useErrorFocus } from "@/app/_components/server-form";
import { Notice } from "@/components/ui/notice";
import { PendingButton } from "@/components/ui/pending-button";
import { ProblemText } from "@/components/ui/problem-text";
import type { Logo } from "@/lib/appearance/appearance";
import { saveAppearance } from "../actions";
import type { AppearanceField, AppearanceFormValues } from "../schema";
import { ContactFields, HelpFields, LookFields } from "./fields";
import { Preview } from "./preview";

type Props = {
  defaultValue: AppearanceFormValues;
  /** What stands there while a field is empty. */
  defaults: { name: string } & Partial<Record<AppearanceField, string | undefined>>;
  logo: Logo | undefined;
};

/** Works without JavaScript; with it, the preview follows what is typed. */
export function AppearanceForm({ defaultValue, defaults, logo }: Props) {
  const t = useTranslations("dashboard.appearance");
  const [state, action] = useActionState(saveAppearance, {});
  const [form, fields] = useForm<AppearanceFormValues>({
    lastResult: state.result,
    defaultValue,
    onSubmit: submitTo(action),
  });
  useErrorFocus(form, state.result);
  const [typed, setTyped] = useState(defaultValue);
  const follow = ({ currentTarget }: FormEvent<HTMLFormElement>) =>
    setTyped(Object.fromEntries(new FormData(currentTarget)) as AppearanceFormValues);
  return (
    <div className="grid grid-cols-1 gap-4 xl:grid-cols-[minmax(0,42rem)_minmax(0,1fr)] xl:items-start xl:gap-8">
      <form
        {...getFormProps(form, { ariaAttributes: false })}
        action={action}
        onInput={follow}
        className="min-w-0 space-y-8"
      >
        {form.errors && (
          <div tabIndex={-1} data-notice className="rounded-xl">
            <Notice role="alert" tone={state.isTemporary ? "waiting" : "attention"}>
              {t(form.errors[0] === "away" ? "away" : "invalid")}
            </Notice>
          </div>
        )}
        <ProblemText value={(problem) => t(`errors.${problem as AppearanceField}`)}>
          <LookFields fields={fields} placeholder={defaults.name} />
          <ContactFields fields={fields} defaults={defaults} />
          <HelpFields fields={fields} />
        </ProblemText>
        <PendingButton look="primary" pending={t("pending")} className="w-full sm:w-auto">
          {t("save")}
        </PendingButton>
      </form>
      <Preview typed={typed} defaults={defaults} logo={logo} />
    </div>
  );
}
