"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { PendingButton } from "@/components/ui/pending-button";
import { scopes } from "@/lib/api/scopes";
import { createKey } from "../actions";

/** Makes a key, and shows it once. Works without JavaScript. */
export function CreateKeyForm() {
  const t = useTranslations("dashboard.keys");
  const [state, action] = useActionState(createKey, { status: "idle" });
  const typed = state.status === "wrong" ? state : undefined;
  return (
    <Card className="p-4 sm:p-5">
      {state.status === "created" && (
        <div role="alert" className="mb-5">
          <Notice tone="good" title={t("done", { name: state.name })}>
            <p className="digits mt-2 font-semibold wrap-anywhere">{state.key}</p>
            <p className="mt-2 text-sm">{t("once")}</p>
          </Notice>
        </div>
      )}
      <form action={action} className="grid max-w-xl gap-5">
        <Field
          name="name"
          label={t("name")}
          hint={t("nameHint")}
          error={typed?.problem === "name" ? t("nameMissing") : undefined}
          defaultValue={typed?.name}
          autoComplete="off"
          maxLength={60}
          required
        />
        <fieldset>
          <legend className="font-semibold">{t("scopes")}</legend>
          {typed?.problem === "scopes" && (
            <Notice tone="attention" role="alert" className="mt-2">
              {t("scopesMissing")}
            </Notice>
          )}
          {scopes.map((scope) => (
            <label key={scope} className="flex min-h-11 items-center gap-3">
              <input
                type="checkbox"
                name="scopes"
                value={scope}
                defaultChecked={typed?.scopes.includes(scope) ?? true}
                className="size-5 accent-primary"
              />
              <span className="digits">{scope}</span>
            </label>
          ))}
        </fieldset>
        <PendingButton
          pending={t("pending")}
          look="primary"
          className="w-full sm:w-auto sm:justify-self-start"
        >
          {t("submit")}
        </PendingButton>
      </form>
    </Card>
  );
}
