import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { chooseLocale } from "@/app/(shop)/actions";
import { getLocaleLabels } from "@/app/_components/shopper-page";
import { PageLink } from "@/app/dashboard/_components/page-link";
import { buttonClass } from "@/components/ui/button";
import { LocaleSwitch } from "@/components/ui/locale-switch";
import { Notice } from "@/components/ui/notice";
import { loadOrderForStaff } from "@/db/queries/dashboard/order";
import { OrderId } from "@/lib/payment/order-id";
import { getDeps } from "@/lib/server/deps";
import { requireStaffUser } from "@/lib/server/auth/session";
import { currentPayment } from "@/lib/payment/current-payment";
import { PrintButton } from "@/app/dashboard/_components/print-button";
import { Sheet } from "./_components/sheet";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dashboard.sheet"))("title") };
}

type Props = { params: Promise<{ orderId: string }> };

/** A sheet to print for the customer. Shows a code only while it can be paid. */
export default async function SheetPage({ params }: Props) {
  const { orderId } = await params;
  const merchant = await requireStaffUser(`/dashboard/orders/${orderId}/sheet`);
  const id = OrderId.safeParse(orderId);
  const { db, now } = await getDeps();
  const found = id.success ? await loadOrderForStaff(db, merchant, id.data) : undefined;
  if (!found) notFound();
  const t = await getTranslations("dashboard.sheet");
  const payment = currentPayment(found.order, found.payments);
  const isMaking = payment?.status === "requested";
  const code = payment?.status === "awaiting_payment" ? payment.paymentCode : null;
  const expiresAt = payment?.expiresAt;
  const isPayable = code !== null && expiresAt instanceof Date && expiresAt > now();
  return (
    <div className="mx-auto max-w-md px-4 py-4 print:max-w-none print:p-0">
      <header className="mb-4 flex flex-wrap items-center justify-between gap-x-4 print:hidden">
        <PageLink href={`/dashboard/orders/${found.order.id}`} className={buttonClass("link")}>
          ← {t("back")}
        </PageLink>
        <LocaleSwitch
          locale={await getLocale()}
          action={chooseLocale}
          labels={getLocaleLabels(await getTranslations("frame"))}
        />
      </header>
      <main>
        {payment && isPayable ? (
          <>
            <PrintButton label={t("print")} hint={t("printHint")} />
            <Sheet found={found} payment={payment} code={code} expiresAt={expiresAt} />
          </>
        ) : (
          <>
            <h1 className="mb-4 text-2xl font-bold tracking-tight">{t("title")}</h1>
            <Notice tone="waiting">{isMaking ? t("noCode") : t("over")}</Notice>
          </>
        )}
      </main>
    </div>
  );
}
