"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Card } from "@/components/ui/card";
import { PendingButton } from "@/components/ui/pending-button";
import { addEndpoint } from "../actions";
import { EndpointFields } from "./endpoint-fields";

/** Adds an endpoint and goes on to its page, which has its secret. Works without JavaScript. */
export function CreateEndpointForm() {
  const t = useTranslations("dashboard.webhooks");
  const [state, action] = useActionState(addEndpoint, { status: "idle" });
  return (
    <Card className="p-4 sm:p-5">
      <h2 className="mb-4 text-lg font-bold tracking-tight">{t("add")}</h2>
      <form action={action} className="grid max-w-2xl gap-5">
        <EndpointFields state={state} />
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
