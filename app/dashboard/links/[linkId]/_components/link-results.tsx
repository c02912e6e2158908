import { useTranslations } from "next-intl";
import { DetailItem, DetailList } from "@/app/dashboard/_components/detail-list";
import { Section } from "@/app/dashboard/_components/section";
import { RupiahText } from "@/components/rupiah";
import { Notice } from "@/components/ui/notice";
import type { ListedLink } from "@/db/queries/dashboard/payment-links";
import { countLeft, countOversold } from "@/lib/payment/payment-link";

/** What the link earned, and how many were paid, are held and are left. */
export function LinkResults({ link, figures }: ListedLink) {
  const t = useTranslations("dashboard.links");
  const oversold = countOversold(link, figures);
  const left = countLeft(link, figures);
  return (
    <Section id="results" title={t("results")}>
      {oversold > 0 && (
        <Notice tone="attention" title={t("oversold", { count: oversold })} className="mb-4">
          <p>{t("oversoldMore")}</p>
        </Notice>
      )}
      <DetailList>
        <DetailItem name={t("resultPaid")}>
          <RupiahText amount={figures.paid} className="text-xl font-bold" />
        </DetailItem>
        <DetailItem name={t("resultRefunded")}>
          {figures.refunded > 0 && <RupiahText amount={figures.refunded} className="font-semibold" />}
        </DetailItem>
        <DetailItem name={t("resultSold")}>
          {link.stock === null ? figures.sold : `${figures.sold} / ${link.stock}`}
        </DetailItem>
        <DetailItem name={t("resultReserved")}>{figures.reserved}</DetailItem>
        <DetailItem name={t("resultLeft")}>{left}</DetailItem>
      </DetailList>
    </Section>
  );
}
