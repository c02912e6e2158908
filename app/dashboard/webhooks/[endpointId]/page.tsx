import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { z } from "zod";
import { LocalTime } from "@/components/local-time";
import { Notice } from "@/components/ui/notice";
import { findDelivery, listDeliveries } from "@/db/queries/webhooks/deliveries";
import { findEndpoint } from "@/db/queries/webhooks/endpoints";
import { loadTries } from "@/db/queries/webhooks/shown-deliveries";
import { getDeps } from "@/lib/server/deps";
import { requireStaffUser } from "@/lib/server/auth/session";
import { DashboardPage } from "../../_components/dashboard-page";
import { DetailItem, DetailList } from "../../_components/detail-list";
import { PageLinks } from "../../_components/page-links";
import { Section } from "../../_components/section";
import { EndpointState } from "../_components/endpoint-state";
import { DeliveryItem } from "./_components/delivery-item";
import { EditEndpointForm } from "./_components/edit-endpoint-form";
import { EndpointActs } from "./_components/endpoint-acts";
import { Secret } from "./_components/secret";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.webhooks"))("endpoint") };
}

const perPage = 25;
const SearchParams = z.object({
  before: z.uuid().optional().catch(undefined),
  only: z.enum(["pending", "delivered", "failed"]).optional().catch(undefined),
});

type Props = {
  params: Promise<{ endpointId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** One endpoint: its secret, what was sent to it and what it answered. */
export default async function EndpointPage({ params, searchParams }: Props) {
  const { endpointId } = await params;
  const merchant = await requireStaffUser(`/dashboard/webhooks/${endpointId}`);
  const { before, only } = SearchParams.parse(await searchParams);
  const { db, now } = await getDeps();
  const endpoint = await findEndpoint(db, endpointId);
  if (!endpoint) notFound();
  const after = before === undefined ? undefined : await findDelivery(db, before);
  const found = await listDeliveries(db, { endpointId, status: only, after, most: perPage + 1 });
  const deliveries = await loadTries(db, found.slice(0, perPage));
  const next = found.length > perPage ? deliveries.at(-1)?.id : undefined;
  const t = await getTranslations("dashboard.webhooks");
  const path = `/dashboard/webhooks/${endpointId}`;
  return (
    <DashboardPage
      merchant={merchant}
      current="webhooks"
      title={endpoint.description ?? t("endpoint")}
      parts={["dashboard.webhooks"]}
    >
      {endpoint.disabledBecause !== null && endpoint.disabledBecause !== "merchant" && (
        <Notice tone="attention" className="mb-5" title={t(`switchedOff.${endpoint.disabledBecause}`)}>
          <p>{t(`switchedOffWhy.${endpoint.disabledBecause}`)}</p>
        </Notice>
      )}
      <div className="grid gap-5 lg:grid-cols-2">
        <Section id="about" title={t("about")} aside={<EndpointState endpoint={endpoint} />}>
          <DetailList form="stacked">
            <DetailItem name={t("url")}>
              <span className="digits">{endpoint.url}</span>
            </DetailItem>
            <DetailItem name={t("events")}>{endpoint.types?.join(", ") ?? t("allEvents")}</DetailItem>
            <DetailItem name={t("created")}>
              <LocalTime iso={endpoint.createdAt.toISOString()} form="short" />
            </DetailItem>
            {endpoint.failingSince && (
              <DetailItem name={t("failingSince")}>
                <LocalTime iso={endpoint.failingSince.toISOString()} form="short" />
              </DetailItem>
            )}
          </DetailList>
          <EditEndpointForm
            endpoint={{
              id: endpoint.id,
              url: endpoint.url,
              description: endpoint.description ?? "",
              types: endpoint.types ?? [],
            }}
          />
        </Section>
        <Section id="secret" title={t("secret")}>
          <Secret endpoint={endpoint} now={now()} />
        </Section>
      </div>
      <EndpointActs id={endpoint.id} isOn={endpoint.disabledAt === null} />
      <Section id="deliveries" title={t("deliveries")} className="mt-5">
        <nav aria-label={t("filter")} className="mb-3 flex flex-wrap gap-x-5">
          {([undefined, "pending", "failed", "delivered"] as const).map((status) => (
            <a
              key={status ?? "all"}
              href={status ? `${path}?only=${status}#deliveries` : `${path}#deliveries`}
              aria-current={only === status ? "page" : undefined}
              className={`inline-flex min-h-11 items-center underline-offset-4 ${only === status ? "font-bold" : "underline"}`}
            >
              {t(`filters.${status ?? "all"}`)}
            </a>
          ))}
        </nav>
        {deliveries.length === 0 ? (
          <p className="py-6 text-center text-muted">{t("noDeliveries")}</p>
        ) : (
          <ul className="divide-y divide-line">
            {deliveries.map((delivery) => (
              <DeliveryItem key={delivery.id} delivery={delivery} />
            ))}
          </ul>
        )}
      </Section>
      <PageLinks path={path} kept={{ only }} before={before} next={next} list="webhooks" />
    </DashboardPage>
  );
}
