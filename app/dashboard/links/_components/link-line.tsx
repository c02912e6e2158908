import { useLocale, useTranslations } from "next-intl";
import { RowLink, rowLinkArea } from "@/app/dashboard/_components/row-link";
import { formatEnd } from "@/lib/payment/local-time";
import { RupiahText } from "@/components/rupiah";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import type { ListedLink } from "@/db/queries/dashboard/payment-links";
import type { PaymentLinkRow } from "@/db/queries/payment-links";
import { countOversold, getLinkState } from "@/lib/payment/payment-link";
import type { LinkState } from "@/lib/payment/payment-link";

const tones: Record<LinkState, Tone> = {
  open: "good",
  reserved: "waiting",
  sold_out: "neutral",
  ended: "neutral",
  switched_off: "neutral",
};

export function LinkStateBadge({ link, figures, now }: ListedLink & { now: Date }) {
  const t = useTranslations("dashboard.links.states");
  const state = getLinkState(link, figures, now);
  return <Badge tone={tones[state]}>{t(state)}</Badge>;
}

/** The fixed amount, or both bounds. */
export function LinkAmount({ link, className = "" }: { link: PaymentLinkRow; className?: string }) {
  const [t, locale] = [useTranslations("dashboard.links"), useLocale()];
  if (link.amount !== null) return <RupiahText amount={link.amount} className={className} />;
  const [min, max] = [link.minAmount ?? 0, link.maxAmount ?? 0].map((each) => formatRupiah(each, locale));
  return <span className={`digits ${className}`}>{t("range", { min: min ?? "", max: max ?? "" })}</span>;
}

/** One link of the list. */
export function LinkLine({ now, ...item }: ListedLink & { now: Date }) {
  const [t, locale] = [useTranslations("dashboard.links"), useLocale()];
  const { link, figures } = item;
  return (
    <Card className={`flex h-full flex-col gap-1.5 p-4 ${rowLinkArea}`}>
      <RowLink href={`/dashboard/links/${link.id}`} className="wrap-anywhere">
        {link.title}
      </RowLink>
      <LinkAmount link={link} className="font-bold" />
      <LinkUses {...item} />
      <p>
        <span className="text-muted">{t("paid")}</span>{" "}
        <RupiahText amount={figures.paid} className="font-semibold" />
        {figures.refunded > 0 && (
          <span className="text-sm text-muted">
            {" "}
            · {t("refunded")} {formatRupiah(figures.refunded, locale)}
          </span>
        )}
      </p>
      <p className="mt-auto flex flex-wrap items-center gap-x-3 gap-y-1 pt-1">
        <LinkStateBadge {...item} now={now} />
        {link.endsAt && (
          <span className="text-sm text-muted">
            {t("until", { time: formatEnd(link.endsAt, locale, "short") })}
          </span>
        )}
      </p>
    </Card>
  );
}

/** How many were paid, how many are held, and how many were paid beyond the stock. */
function LinkUses({ link, figures }: ListedLink) {
  const t = useTranslations("dashboard.links");
  const { sold: count, reserved } = figures;
  const oversold = countOversold(link, figures);
  return (
    <p className="text-sm text-muted">
      {link.stock === null ? t("sold", { count }) : t("soldOf", { count, stock: link.stock })}
      {reserved > 0 && <> · {t("reservedCount", { count: reserved })}</>}
      {oversold > 0 && (
        <span className="block font-semibold text-danger">{t("oversold", { count: oversold })}</span>
      )}
    </p>
  );
}
