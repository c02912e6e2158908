import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { z } from "zod";
import { Delivery } from "@/app/dashboard/_components/delivery";
import { OrderStatus } from "@/app/dashboard/_components/order-status";
import { PageLink } from "@/app/dashboard/_components/page-link";
import { Section } from "@/app/dashboard/_components/section";
import { RupiahText } from "@/components/rupiah";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import { buttonClass } from "@/components/ui/button";
import { loadOrderForStaff } from "@/db/queries/dashboard/order";
import type { MerchantOrder } from "@/db/queries/dashboard/order";
import { OrderId } from "@/lib/payment/order-id";
import { getDeps } from "@/lib/server/deps";
import { requireStaffUser } from "@/lib/server/auth/session";
import { currentPayment } from "@/lib/payment/current-payment";
import { CaseNotice, ClosedCase } from "@/app/dashboard/_components/case-notice";
import { DashboardPage } from "@/app/dashboard/_components/dashboard-page";
import { toShownDelivery } from "@/app/dashboard/_components/to-shown-delivery";
import { Cases } from "./_components/cases";
import { Contact, Items } from "./_components/contact";
import { Emails } from "./_components/emails";
import { HandOver, isByMerchant, CreatedNotice } from "./_components/hand-over";
import { Inquiries } from "./_components/inquiries";
import { LinkOfOrder } from "./_components/link-of-order";
import { Money } from "./_components/money";
import { findOtherAmount } from "./_components/received";
import { Payments } from "./_components/payments";
import type { SectionProps } from "./_components/section-props";
import { Timeline } from "./_components/timeline";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.orders"))("title") };
}

type Props = {
  params: Promise<{ orderId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const SearchParams = z.object({
  case: ClosedCase,
  made: z.enum(["made", "exists", "refused"]).optional().catch(undefined),
});

/** Everything that is stored about one order. */
export default async function OrderPage({ params, searchParams }: Props) {
  const { orderId } = await params;
  const merchant = await requireStaffUser(`/dashboard/orders/${orderId}`);
  const id = OrderId.safeParse(orderId);
  const { db } = await getDeps();
  const found = id.success ? await loadOrderForStaff(db, merchant, id.data) : undefined;
  if (!found) notFound();
  const { case: closed, made } = SearchParams.parse(await searchParams);
  const invoice = currentPayment(found.order, found.payments)?.invoiceNumber;
  return (
    <DashboardPage
      merchant={merchant}
      current="orders"
      parts={[
        "dashboard.act",
        "dashboard.states",
        "dashboard.closeCase",
        "dashboard.sheet",
        "dashboard.make.errors",
        "dashboard.make.units",
      ]}
      title={<span className="digits">{invoice ?? found.order.id}</span>}
    >
      <CaseNotice closed={closed} t={await getTranslations("dashboard")} />
      <CreatedNotice made={made} />
      <OrderDetails found={found} />
    </DashboardPage>
  );
}

async function OrderDetails({ found }: { found: MerchantOrder }) {
  const shared = {
    t: await getTranslations("dashboard"),
    locale: await getLocale(),
    now: (await getDeps()).now(),
  };
  return (
    <>
      <Summary found={found} {...shared} />
      {isByMerchant(found) && <HandOver orderId={found.order.id} />}
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_20rem] xl:grid-rows-[auto_1fr] xl:items-start">
        <div className="grid min-w-0 gap-4">
          {found.cases.length > 0 && <Cases found={found} {...shared} />}
          <Payments found={found} {...shared} />
        </div>
        <div className="grid min-w-0 gap-4 md:grid-cols-2 md:items-start xl:col-start-2 xl:row-span-2 xl:row-start-1 xl:grid-cols-1">
          <Money found={found} {...shared} />
          <LinkOfOrder orderId={found.order.id} t={shared.t} />
          <Items order={found.order} items={found.items} {...shared} />
          <Contact order={found.order} {...shared} />
        </div>
        <div className="grid min-w-0 gap-4">
          <Inquiries found={found} {...shared} />
          <Deliveries found={found} {...shared} />
          <Emails found={found} {...shared} />
          <Timeline found={found} {...shared} />
        </div>
      </div>
    </>
  );
}

function Summary({ found, locale, t, now }: SectionProps & { found: MerchantOrder }) {
  const { order } = found;
  const other = findOtherAmount(found);
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <RupiahText amount={order.amount} className="text-2xl font-bold" />
        <OrderStatus
          payment={currentPayment(order, found.payments) ?? null}
          openCases={found.cases.filter(({ closedAt }) => closedAt === null).map(({ kind }) => kind)}
          hasSuperseded={found.payments.some(({ supersededAt }) => supersededAt !== null)}
          now={now}
          t={t}
        />
        {other !== undefined && (
          <p className="basis-full font-semibold">
            {t("order.receivedOf", {
              received: formatRupiah(other, locale),
              amount: formatRupiah(order.amount, locale),
            })}
          </p>
        )}
      </div>
      <p className="mb-4 flex flex-wrap justify-between gap-x-4 text-sm whitespace-nowrap sm:justify-start sm:gap-x-6 sm:text-base">
        <PageLink href="/dashboard" className={buttonClass("link")}>
          ← {t("order.back")}
        </PageLink>
        <a href={`/pay/${order.id}`} target="_blank" rel="noreferrer" className={buttonClass("link")}>
          {t("order.shopperPage")}
          <span className="sr-only"> ({t("order.newTab")})</span>
          <span aria-hidden="true">↗</span>
        </a>
      </p>
    </>
  );
}

const Deliveries = ({ found, t }: SectionProps & { found: MerchantOrder }) => (
  <Section id="deliveries" title={t("order.deliveries")}>
    {found.deliveries.length === 0 && <p className="text-muted">{t("order.deliveriesNone")}</p>}
    <ul className="divide-y divide-line">
      {found.deliveries.map((row) => (
        <Delivery
          key={row.id}
          delivery={toShownDelivery({
            ...row,
            channel: found.payments.find(({ id }) => id === row.paymentId)?.channel,
          })}
          t={t}
          withInvoice={found.payments.length > 1}
        />
      ))}
    </ul>
  </Section>
);
