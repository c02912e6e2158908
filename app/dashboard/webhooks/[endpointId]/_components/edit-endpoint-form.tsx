"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Disclosure } from "@/components/ui/disclosure";
import { Notice } from "@/components/ui/notice";
import { PendingButton } from "@/components/ui/pending-button";
import { EndpointFields } from "../../_components/endpoint-fields";
import { saveEndpointForm } from "../../actions";
import type { TypedEndpoint } from "../../schema";

type Props = { endpoint: TypedEndpoint & { id: string } };

/** Changes an endpoint. Stays open with its answer. */
export function EditEndpointForm({ endpoint }: Props) {
  const t = useTranslations("dashboard.webhooks");
  const [state, action] = useActionState(saveEndpointForm, { status: "idle" });
  return (
    <Disclosure title={t("edit")} className="mt-3" open={state.status !== "idle"}>
      <form action={action} className="grid gap-5 pt-2">
        <input type="hidden" name="id" value={endpoint.id} />
        <EndpointFields state={state} initial={endpoint} />
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
