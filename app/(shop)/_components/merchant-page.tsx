import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { listContactWays } from "@/lib/appearance/contact-ways";
import { ShopperPage } from "@/app/_components/shopper-page";
import { Card } from "@/components/ui/card";
import { pickHelp } from "@/lib/appearance/appearance";
import { getAppearance } from "@/lib/server/appearance";

/** `/` without the demo shop: whose checkout this is, and how to reach them. Nothing is sold here. */
export async function MerchantPage() {
  const [t, contact] = [await getTranslations("merchantPage"), await getTranslations("contact")];
  const appearance = getAppearance();
  const ways = listContactWays(appearance.contact, contact);
  const help = pickHelp(appearance, await getLocale());
  return (
    <ShopperPage hasHelp={false}>
      <Card className="mt-4 p-5 sm:mt-10 sm:p-7">
        <h1 className="text-2xl leading-tight font-bold tracking-tight text-balance wrap-anywhere">
          {appearance.name}
        </h1>
        <p className="mt-2 text-muted">{t("body")}</p>
        {help !== undefined && <p className="mt-3 whitespace-pre-line wrap-anywhere">{help}</p>}
        {ways.length > 0 && (
          <dl className="mt-5 space-y-1 border-t border-dashed border-line pt-4">
            {ways.map(({ name, href, text }) => (
              <Way key={name} name={name} href={href}>
                {text}
              </Way>
            ))}
          </dl>
        )}
      </Card>
    </ShopperPage>
  );
}

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
