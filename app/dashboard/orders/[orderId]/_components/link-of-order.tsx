import { DetailItem, DetailList } from "@/app/dashboard/_components/detail-list";
import { PageLink } from "@/app/dashboard/_components/page-link";
import { Section } from "@/app/dashboard/_components/section";
import type { Translator } from "@/components/translator";
import { buttonClass } from "@/components/ui/button";
import { findLinkOfOrder } from "@/db/queries/payment-links";
import type { OrderId } from "@/lib/payment/order-id";
import { getDeps } from "@/lib/server/deps";

/** The payment link that the order came from, and what the buyer wrote; nothing for any other order. */
export async function LinkOfOrder({ orderId, t }: { orderId: OrderId; t: Translator<"dashboard"> }) {
  const found = await findLinkOfOrder((await getDeps()).db, orderId);
  if (!found) return null;
  return (
    <Section id="link" title={t("links.ofOrder")}>
      <PageLink
        href={`/dashboard/links/${found.link.id}`}
        className={buttonClass("link", "text-left wrap-anywhere")}
      >
        {found.link.title}
      </PageLink>
      <DetailList form="stacked">
        <DetailItem name={t("links.ofOrderNote")}>
          {found.note && <span className="whitespace-pre-line">{found.note}</span>}
        </DetailItem>
      </DetailList>
    </Section>
  );
}
