import { useLocale, useTranslations } from "next-intl";
import { LinkQr } from "@/app/_components/link-qr";
import { LinkAmount } from "@/app/dashboard/links/_components/link-line";
import { LogoImage } from "@/components/ui/logo-image";
import type { PaymentLinkRow } from "@/db/queries/payment-links";
import { channels } from "@/lib/channels/registry";
import { getAppearance } from "@/lib/server/appearance";
import { getSettings } from "@/lib/server/env/settings";

/** For print: black on white in both themes, and fits on A6. */
export function CounterCard({ link }: { link: PaymentLinkRow }) {
  const t = useTranslations("dashboard.links");
  const locale = useLocale();
  const { name: merchantName, logo } = getAppearance();
  const { appUrl, channels: limits } = getSettings();
  const address = `${appUrl}/l/${link.slug}`;
  const stores = channels.filter(({ id, means }) => means === "code" && limits[id]?.enabled);
  const names = new Intl.ListFormat(locale, { type: "disjunction" }).format(stores.map(({ label }) => label));
  const steps = [
    t("print.steps.scan"),
    t(link.amount === null ? "print.steps.writeAmount" : "print.steps.write"),
    t("print.steps.show"),
  ];
  return (
    <article className="rounded-lg bg-[#fff] p-6 text-center text-[#000] shadow-card forced-color-adjust-none print:rounded-none print:p-0 print:text-[10pt] print:leading-snug print:shadow-none">
      {logo && <LogoImage logo={logo} className="mx-auto mb-1" />}
      <p className="text-xl font-bold wrap-anywhere print:text-[15pt]">{merchantName}</p>
      <p className="mt-0.5">{t("print.here")}</p>
      <div className="mx-auto mt-4 aspect-square w-full max-w-64 border-2 border-[#000] p-3 print:mt-2 print:w-[58mm] print:p-[2.5mm]">
        <LinkQr link={address} label={t("qrAlt", { title: link.title })} />
      </div>
      <h1 className="mt-4 text-xl font-bold wrap-anywhere print:mt-2 print:text-[15pt]">{link.title}</h1>
      <p>
        <LinkAmount link={link} className="text-xl font-bold print:text-[15pt]" />
      </p>
      <ol className="mx-auto mt-4 max-w-72 list-decimal pl-6 text-left print:mt-2">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {stores.length > 0 && (
        <p className="mt-3 text-sm print:mt-1.5 print:text-[8.5pt]">{t("print.pay", { stores: names })}</p>
      )}
      <p className="digits mt-1 text-sm wrap-anywhere print:text-[8.5pt]">
        {address.replace(/^https?:\/\//, "")}
      </p>
    </article>
  );
}
