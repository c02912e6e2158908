import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { rowLinkArea, RowLink } from "@/app/dashboard/_components/row-link";
import { Card } from "@/components/ui/card";
import { listEndpoints } from "@/db/queries/webhooks/endpoints";
import type { EndpointRow } from "@/db/queries/webhooks/endpoints";
import { getDeps } from "@/lib/server/deps";
import { requireStaffUser } from "@/lib/server/auth/session";
import { DashboardPage } from "../_components/dashboard-page";
import { CreateEndpointForm } from "./_components/create-endpoint-form";
import { EndpointState } from "./_components/endpoint-state";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.webhooks"))("title") };
}

/** Where the merchant's programs are told of payments. */
export default async function WebhooksPage() {
  const merchant = await requireStaffUser("/dashboard/webhooks");
  const { db } = await getDeps();
  const endpoints = await listEndpoints(db);
  const t = await getTranslations("dashboard.webhooks");
  return (
    <DashboardPage merchant={merchant} current="webhooks" title={t("title")} parts={["dashboard.webhooks"]}>
      <p className="mb-5 max-w-prose text-muted">{t("intro")}</p>
      {endpoints.length > 0 && (
        <Card className="mb-6 p-4 sm:p-5">
          <ul className="divide-y divide-line">
            {endpoints.map((endpoint) => (
              <Endpoint key={endpoint.id} endpoint={endpoint} />
            ))}
          </ul>
        </Card>
      )}
      <CreateEndpointForm />
    </DashboardPage>
  );
}

async function Endpoint({ endpoint }: { endpoint: EndpointRow }) {
  const t = await getTranslations("dashboard.webhooks");
  const { id, url, description, types } = endpoint;
  return (
    <li
      className={`flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-4 first:pt-0 last:pb-0 ${rowLinkArea}`}
    >
      <div className="min-w-0">
        <RowLink href={`/dashboard/webhooks/${id}`}>{url}</RowLink>
        {description && <p className="wrap-anywhere">{description}</p>}
        <p className="text-sm text-muted">{types === null ? t("allEvents") : types.join(", ")}</p>
      </div>
      <EndpointState endpoint={endpoint} />
    </li>
  );
}
