"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { PendingButton } from "@/components/ui/pending-button";
import { addEndpoint } from "../actions";
import { EventFields } from "./event-fields";

/** Adds an endpoint and goes on to its page, which has its secret. Works without JavaScript. */
export function CreateEndpointForm() {
  const t = useTranslations("dashboard.webhooks");
  const [state, action] = useActionState(addEndpoint, { status: "idle" });
  const typed = state.status === "wrong" ? state.typed : undefined;
  return (
    <Card className="p-4 sm:p-5">
      <h2 className="mb-4 text-lg font-bold tracking-tight">{t("add")}</h2>
      <form action={action} className="grid max-w-2xl gap-5">
        <Field
          name="url"
          label={t("url")}
          hint={t("urlHint")}
          error={state.status === "wrong" ? t(`faults.${state.fault}`) : undefined}
          defaultValue={typed?.url}
          inputMode="url"
          autoComplete="off"
          placeholder="https://toko.example/webhooks"
          maxLength={2048}
          required
        />
        <Field
          name="description"
          label={t("description")}
          note={t("optional")}
          defaultValue={typed?.description}
          autoComplete="off"
          maxLength={255}
        />
        <EventFields wanted={typed?.types ?? null} />
        <PendingButton
          pending={t("pending")}
          look="primary"
          className="w-full sm:w-auto sm:justify-self-start"
        >
          {t("add")}
        </PendingButton>
      </form>
    </Card>
  );
}
