import { getTranslations } from "next-intl/server";
import { OrderLines } from "@/app/_components/order-lines";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ReceiptDivider } from "@/components/ui/receipt-divider";
import type { OrderSummary } from "@/lib/operations/checkout/load-order";

type Props = {
  end: "expired" | "cancelled";
  order: OrderSummary;
  wayBack: { href: string; label: string } | undefined;
};

/** Nothing can be paid here any more: what happened, what it means, and the way back. */
export async function EndedSession({ end, order, wayBack }: Props) {
  const t = await getTranslations("checkout");
  return (
    <Card className="mx-auto mt-4 max-w-md py-5 sm:mt-8 sm:py-6">
      <div className="px-5 sm:px-6">
        <h1 className="text-2xl leading-tight font-bold tracking-tight text-balance">
          {t(`ended.${end}.title`)}
        </h1>
        <p className="mt-2">{t(`ended.${end}.body`)}</p>
        <p className="mt-2 text-muted">{t("ended.money")}</p>
      </div>
      <ReceiptDivider className="my-5" />
      <div className="px-5 sm:px-6">
        <OrderLines order={order} withTotal />
        {wayBack && (
          <ButtonLink href={wayBack.href} className="mt-6 w-full">
            {wayBack.label}
          </ButtonLink>
        )}
      </div>
    </Card>
  );
}
