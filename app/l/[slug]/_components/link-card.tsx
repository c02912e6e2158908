import { useLocale, useTranslations } from "next-intl";
import { LinkImage } from "@/app/_components/link-image";
import { formatEnd } from "@/lib/payment/local-time";
import { RupiahText } from "@/components/rupiah";
import { Card } from "@/components/ui/card";
import type { LoadedLink } from "@/lib/operations/payment-links/load-link";

/** What is for sale: picture, title, description and price. */
export function LinkCard({ page }: { page: LoadedLink }) {
  const t = useTranslations("link");
  const { link, state } = page;
  return (
    <Card className="mt-2 overflow-hidden sm:mt-4">
      <LinkImage link={link} alt="" className="border-b border-line" />
      <div className="p-5">
        <h1 className="text-xl font-bold tracking-tight wrap-anywhere">{link.title}</h1>
        {link.description && (
          <p className="mt-1 whitespace-pre-line wrap-anywhere text-muted">{link.description}</p>
        )}
        {link.amount !== null && (
          <p className="@container mt-4 flex flex-wrap items-baseline justify-between gap-x-4 border-t border-line pt-4">
            <span className="text-muted">{t("price")}</span>
            <RupiahText amount={link.amount} className="amount-digits" />
          </p>
        )}
        {state === "open" && <Remains page={page} />}
      </div>
    </Card>
  );
}

/** How many are left, and until when. */
function Remains({ page: { link, left } }: { page: LoadedLink }) {
  const [t, locale] = [useTranslations("link"), useLocale()];
  const { stock, endsAt } = link;
  if (stock === null && endsAt === null) return null;
  return (
    <div className="mt-3">
      <p className="flex flex-wrap justify-between gap-x-4 text-sm text-muted">
        {stock !== null && <span>{t("left", { stock, left: left ?? 0 })}</span>}
        {endsAt && <span>{t("until", { time: formatEnd(endsAt, locale, "short") })}</span>}
      </p>
      {stock !== null && stock > 1 && (
        <progress
          aria-hidden="true"
          value={left ?? 0}
          max={stock}
          className="mt-1.5 block h-1.5 w-full appearance-none overflow-hidden rounded-full border-0 bg-neutral-soft [&::-moz-progress-bar]:bg-primary [&::-webkit-progress-bar]:bg-neutral-soft [&::-webkit-progress-value]:bg-primary"
        />
      )}
    </div>
  );
}
