import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ShopperPage } from "@/app/_components/shopper-page";
import { Card } from "@/components/ui/card";
import { getSettings } from "@/lib/server/env/settings";

/** `/` without the demo shop: whose checkout this is, and how to reach them. Nothing is sold here. */
export async function MerchantPage() {
  const t = await getTranslations("merchantPage");
  const { merchantName, merchantContact } = getSettings();
  const { phone, whatsapp, email } = merchantContact;
  const isReachable = phone ?? whatsapp ?? email;
  return (
    <ShopperPage>
      <Card className="mt-4 p-5 sm:mt-10 sm:p-7">
        <h1 className="text-2xl leading-tight font-bold tracking-tight text-balance wrap-anywhere">
          {merchantName}
        </h1>
        <p className="mt-2 text-muted">{t("body")}</p>
        {isReachable && (
          <dl className="mt-5 space-y-1 border-t border-dashed border-line pt-4">
            {whatsapp && (
              <Way name={t("whatsapp")} href={`https://wa.me/${whatsapp}`}>
                {formatMobile(whatsapp)}
              </Way>
            )}
            {phone && (
              <Way name={t("phone")} href={`tel:${phone.replaceAll(/[^+\d]/g, "")}`}>
                {phone}
              </Way>
            )}
            {email && (
              <Way name={t("email")} href={`mailto:${email}`}>
                {email}
              </Way>
            )}
          </dl>
        )}
      </Card>
    </ShopperPage>
  );
}

/** `6281234567890` as people read it: `+62 812-3456-7890`. */
const formatMobile = (digits: string): string =>
  `+62 ${digits.slice(2).replace(/^(\d{3})(\d{4})(\d+)$/, "$1-$2-$3")}`;

const Way = ({ name, href, children }: { name: string; href: string; children: ReactNode }) => (
  <div className="flex flex-wrap items-center justify-between gap-x-6">
    <dt className="text-muted">{name}</dt>
    <dd className="min-w-0">
      <a
        href={href}
        className="inline-flex min-h-11 items-center font-semibold text-primary underline decoration-from-font underline-offset-4 wrap-anywhere"
      >
        {children}
      </a>
    </dd>
  </div>
);
