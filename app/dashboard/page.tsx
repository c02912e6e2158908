import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import type { Translator } from "@/components/translator";
import { Notice } from "@/components/ui/notice";
import { listOrders } from "@/db/queries/dashboard/orders";
import { loadTodaysSummary } from "@/db/queries/dashboard/summary";
import { isSearchIncomplete } from "@/db/queries/search-fill";
import { findMailTrouble } from "@/db/queries/emails";
import { listSwitchedOff } from "@/db/queries/webhooks/endpoints";
import { OrderId } from "@/lib/payment/order-id";
import { listRunningBuilds } from "@/lib/server/announce-process";
import { getDeps } from "@/lib/server/deps";
import { openSearch } from "@/lib/server/auth/sealed-search";
import { requireStaffUser } from "@/lib/server/auth/session";
import { getSettings } from "@/lib/server/env/settings";
import { BuildsNotice } from "./_components/builds-notice";
import { DashboardPage } from "./_components/dashboard-page";
import { EmailsNotice } from "./_components/emails-notice";
import { EndpointsNotice } from "./_components/endpoints-notice";
import { NoOrders } from "./_components/no-orders";
import { OrderList } from "./_components/order-list";
import { PageLinks } from "./_components/page-links";
import { SearchBar } from "./_components/search-bar";
import { SimulatorNotice } from "./_components/simulator-notice";
import { toShownOrder } from "./_components/to-shown-order";
import { TodayTiles } from "./_components/today-tiles";
import { UnclearNotice } from "./_components/unclear-notice";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.orders"))("title") };
}

/** A line is drawn twice, for a wide screen and for a phone: more of them would take longer to draw than to find. */
const perPage = 25;

/** How long a mail server may be away before staff hear of it: shorter outages pass by themselves. */
const mailPatienceMs = 60 * 60_000;

/** The parameters of the address; invalid ones are ignored. */
const SearchParams = z.object({
  q: z.string().max(1000).optional().catch(undefined),
  only: z.enum(["decision", "unclear"]).optional().catch(undefined),
  before: OrderId.optional().catch(undefined),
});

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OrdersPage({ searchParams }: Props) {
  const merchant = await requireStaffUser();
  const { q, only, before } = SearchParams.parse(await searchParams);
  const words = q === undefined ? "" : openSearch(q);
  const query = words ?? "";
  const deps = await getDeps();
  const { db, now } = deps;
  const [builds, switchedOff, mailTrouble, page, summary, isIncomplete] = await Promise.all([
    listRunningBuilds(deps),
    listSwitchedOff(db),
    getSettings().smtp && findMailTrouble(db, { before: new Date(now().getTime() - mailPatienceMs) }),
    listOrders(db, merchant, { query, only, now: now(), before, limit: perPage }),
    loadTodaysSummary(db, merchant, now()),
    query !== "" && isSearchIncomplete(db),
  ]);
  const t = await getTranslations("dashboard");
  const shown = { now: now(), locale: await getLocale(), t };
  return (
    <DashboardPage merchant={merchant} current="orders" title={t("orders.title")}>
      <SimulatorNotice />
      <BuildsNotice builds={builds} now={now()} t={t} />
      <EndpointsNotice endpoints={switchedOff} t={t} />
      <EmailsNotice trouble={mailTrouble} locale={shown.locale} t={t} />
      <UnclearNotice unclear={summary.unclear} t={t} />
      <TodayTiles summary={summary} t={t} />
      <SearchBar query={words} only={only} t={t} />
      {isIncomplete && <Notice className="mb-3">{t("orders.incomplete")}</Notice>}
      {page.items.length === 0 ? (
        <NoOrders query={query} only={only} isOlder={before !== undefined} t={t} />
      ) : (
        <OrderList orders={page.items.map((order) => toShownOrder(order, shown))} texts={toListTexts(t)} />
      )}
      <PageLinks
        path="/dashboard"
        kept={{ q: query && q, only }}
        before={before}
        next={page.next}
        list="orders"
      />
    </DashboardPage>
  );
}

const toListTexts = (t: Translator<"dashboard">) => ({
  title: t("orders.title"),
  columns: (["invoice", "customer", "channel", "amount", "status", "time"] as const).map((column) => ({
    name: t(`orders.columns.${column}`),
    isRight: column === "amount" || column === "time",
  })),
  noInvoice: t("orders.noInvoice"),
  noName: t("orders.noName"),
});
