import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { Notice } from "@/components/ui/notice";
import { loadOrderForStaff } from "@/db/queries/dashboard/order";
import { OrderId } from "@/lib/payment/order-id";
import { getDeps } from "@/lib/server/deps";
import { requireStaffUser } from "@/lib/server/auth/session";
import { currentPayment } from "@/lib/payment/current-payment";
import { PrintButton } from "@/app/_components/print-button";
import { PrintPage } from "@/app/dashboard/_components/print-page";
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
    <PrintPage back={{ href: `/dashboard/orders/${found.order.id}`, label: t("back") }}>
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
    </PrintPage>
  );
}
