import { useTranslations } from "next-intl";
import { LinkQr } from "@/app/_components/link-qr";
import { CopyLink } from "@/app/dashboard/_components/copy-link";
import { Section } from "@/app/dashboard/_components/section";
import { ButtonLink } from "@/components/ui/button";
import type { PaymentLinkRow } from "@/db/queries/payment-links";
import { getSettings } from "@/lib/server/env/settings";
import { ShareButton } from "./share-button";

/** The address as text, as a QR code, for a chat and on paper. */
export function ShareSection({ link }: { link: PaymentLinkRow }) {
  const t = useTranslations("dashboard.links");
  const address = `${getSettings().appUrl}/l/${link.slug}`;
  return (
    <Section id="share" title={t("share")}>
      <div className="flex flex-wrap items-start gap-5">
        <div className="aspect-square w-28 shrink-0 rounded-xl border border-line bg-[#fff] p-2.5 forced-color-adjust-none">
          <LinkQr link={address} label={t("qrAlt", { title: link.title })} />
        </div>
        <div className="min-w-0 flex-1 basis-56">
          <p className="text-sm text-muted">{t("address")}</p>
          <p className="digits font-semibold wrap-anywhere">{address}</p>
          <div className="mt-4 flex flex-wrap gap-3">
            <ShareButton title={link.title} address={address} />
            <CopyLink link={address} />
            <ButtonLink
              look="secondary"
              href={`/dashboard/links/${link.id}/card`}
              className="w-full sm:w-auto"
            >
              {t("card")}
            </ButtonLink>
          </div>
        </div>
      </div>
    </Section>
  );
}
