import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { chooseLocale } from "@/app/actions";
import { PageLink } from "@/components/dashboard/page-link";
import { buttonClass } from "@/components/ui/button";
import { LocaleSwitch } from "@/components/ui/locale-switch";
import { Notice } from "@/components/ui/notice";
import { readOrderForMerchant } from "@/db/dashboard-order";
import { OrderId } from "@/lib/payment/order-id";
import { getDeps } from "@/lib/server/deps";
import { readLocale, readMessages } from "@/lib/server/i18n";
import { requireMerchant } from "@/lib/server/session";
import { standingPayment } from "@/lib/payment/standing-payment";
import { PrintButton } from "./print-button";
import { Sheet } from "./sheet";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readMessages()).dashboard.sheet.title };
}

type Props = { params: Promise<{ orderId: string }> };

/** One sheet of paper for the customer. Nothing is on it that must not be paid. */
export default async function SheetPage({ params }: Props) {
  const { orderId } = await params;
  const merchant = await requireMerchant(`/dashboard/orders/${orderId}/sheet`);
  const id = OrderId.safeParse(orderId);
  const { db, now } = await getDeps();
  const found = id.success ? await readOrderForMerchant(db, merchant, id.data) : undefined;
  if (!found) notFound();
  const [locale, { dashboard, frame }] = [await readLocale(), await readMessages()];
  const payment = standingPayment(found.order, found.payments);
  const isMaking = payment?.status === "requested";
  const code = payment?.status === "awaiting_payment" ? payment.paymentCode : null;
  const expiresAt = payment?.expiresAt;
  const isPayable = code !== null && expiresAt instanceof Date && expiresAt > now();
  return (
    <div className="mx-auto max-w-md px-4 py-4 print:max-w-none print:p-0">
      <header className="mb-4 flex flex-wrap items-center justify-between gap-x-4 print:hidden">
        <PageLink href={`/dashboard/orders/${found.order.id}`} className={buttonClass("link")}>
          ← {dashboard.sheet.back}
        </PageLink>
        <LocaleSwitch locale={locale} action={chooseLocale} labels={frame} />
      </header>
      <main>
        {payment && isPayable ? (
          <>
            <PrintButton labels={dashboard.sheet} />
            <Sheet found={found} payment={payment} code={code} expiresAt={expiresAt} />
          </>
        ) : (
          <>
            <h1 className="mb-4 text-2xl font-bold tracking-tight">{dashboard.sheet.title}</h1>
            <Notice tone="waiting">{isMaking ? dashboard.sheet.noCode : dashboard.sheet.over}</Notice>
          </>
        )}
      </main>
    </div>
  );
}
