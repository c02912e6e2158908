import { useTranslations } from "next-intl";
import { OrderLines } from "@/app/_components/order-lines";
import { Card } from "@/components/ui/card";
import type { OrderSummary } from "@/lib/operations/checkout/load-order";

type Props = { order: OrderSummary; description: string | undefined };

/** What is bought. A description that is the only line's name already is not said twice. */
export function CheckoutSummary({ order, description }: Props) {
  const t = useTranslations("checkout");
  const isSaid = order.items.some(({ nameId }) => nameId === description);
  return (
    <Card labelledBy="summary" className="self-start p-5 lg:sticky lg:top-6 lg:order-2">
      <h2 id="summary" className="mb-3 font-bold">
        {t("summary")}
      </h2>
      {description !== undefined && !isSaid && (
        <p className="-mt-2 mb-3 text-muted wrap-anywhere">{description}</p>
      )}
      <OrderLines order={order} withTotal />
    </Card>
  );
}
