"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { PendingButton } from "@/components/ui/pending-button";
import { EventFields } from "../../_components/event-fields";
import { saveEndpointForm } from "../../actions";
import type { TypedEndpoint } from "../../schema";

type Props = { endpoint: TypedEndpoint & { id: string } };

/** Begins with what is stored; after a fault with what was typed. */
export function EditEndpointForm({ endpoint }: Props) {
  const t = useTranslations("dashboard.webhooks");
  const [state, action] = useActionState(saveEndpointForm, { status: "idle" });
  const shown = state.status === "wrong" ? state.typed : endpoint;
  return (
    <Disclosure title={t("edit")} className="mt-3" open={state.status !== "idle"}>
      <form action={action} className="grid gap-5 pt-2">
        <input type="hidden" name="id" value={endpoint.id} />
        <Field
          name="url"
          label={t("url")}
          hint={t("urlHint")}
          error={state.status === "wrong" ? t(`faults.${state.fault}`) : undefined}
          defaultValue={shown.url}
          inputMode="url"
          autoComplete="off"
          maxLength={2048}
          required
        />
        <Field
          name="description"
          label={t("description")}
          note={t("optional")}
          defaultValue={shown.description}
          autoComplete="off"
          maxLength={255}
        />
        <EventFields wanted={shown.types} />
        <PendingButton pending={t("pending")}>{t("save")}</PendingButton>
        {state.status === "saved" && (
          <Notice tone="good" role="alert">
            {t("saved")}
          </Notice>
        )}
      </form>
    </Disclosure>
  );
}
