import { getTranslations } from "next-intl/server";
import { ForgetAnswer } from "@/app/dashboard/_components/forget-answer";
import { PageLink } from "@/app/dashboard/_components/page-link";
import { ButtonLink, buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { MerchantOrder } from "@/db/queries/dashboard/order";
import { parseActor } from "@/lib/payment/attribution";
import type { OrderId } from "@/lib/payment/order-id";
import { getSettings } from "@/lib/server/env/settings";
import { CopyLink } from "@/app/dashboard/_components/copy-link";

/** True when staff created the order, so that they have to hand the code over to the customer. */
export const isByMerchant = ({ events }: MerchantOrder): boolean =>
  events.some(({ kind, actor }) => kind === "order_placed" && parseActor(actor).kind !== "shopper");

/** The result of the form for a new code. */
export async function CreatedNotice({ made }: { made: "made" | "exists" | "refused" | undefined }) {
  if (!made) return null;
  const t = await getTranslations("dashboard.make");
  const tone = { made: "good", exists: "neutral", refused: "attention" } as const;
  return (
    <Notice tone={tone[made]} className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
      <p>{t(`result.${made}`)}</p>
      <PageLink href="/dashboard/new" className={buttonClass("link")}>
        {t("again")}
      </PageLink>
      <ForgetAnswer parameter="made" />
    </Notice>
  );
}

/** Hands the code over on paper or as a link. */
export async function HandOver({ orderId }: { orderId: OrderId }) {
  const t = await getTranslations("dashboard.sheet");
  const link = `${getSettings().appUrl}/pay/${orderId}`;
  return (
    <Card labelledBy="hand-over" className="mb-4 flex flex-wrap items-center gap-x-6 gap-y-3 p-4 sm:px-5">
      <h2 id="hand-over" className="text-lg font-bold tracking-tight">
        {t("handOver")}
      </h2>
      <div className="flex w-full flex-wrap gap-3 sm:w-auto">
        <ButtonLink href={`/dashboard/orders/${orderId}/sheet`} className="w-full sm:w-auto">
          {t("open")}
        </ButtonLink>
        <CopyLink link={link} />
      </div>
    </Card>
  );
}
