import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LinkQr } from "@/app/_components/link-qr";
import { LocalTime } from "@/components/local-time";
import { RupiahText } from "@/components/rupiah";
import { LogoImage } from "@/components/ui/logo-image";
import type { MerchantOrder } from "@/db/queries/dashboard/order";
import type { PaymentRow } from "@/db/queries/orders";
import { getChannel } from "@/lib/channels/registry";
import { getTillDisplay } from "@/lib/operations/payments/till-display";
import { inGroups } from "@/lib/payment/payment-code";
import type { PaymentCode } from "@/lib/payment/payment-code";
import { getAppearance } from "@/lib/server/appearance";
import { getSettings } from "@/lib/server/env/settings";

type Props = { found: MerchantOrder; payment: PaymentRow; code: PaymentCode; expiresAt: Date };

/** For print: black on white in both themes, and fits on A6. */
export function Sheet({ found, payment, code, expiresAt }: Props) {
  const { order, items } = found;
  const [locale, t, instructions] = [
    useLocale(),
    useTranslations("dashboard.sheet"),
    useTranslations("instructions"),
  ];
  const settings = getSettings();
  const [{ name: merchantName, logo }, { appUrl }] = [getAppearance(), settings];
  const { label, stores } = getChannel(payment.channel);
  const link = `${appUrl}/pay/${order.id}`;
  return (
    <article className="rounded-lg bg-[#fff] p-5 text-[#000] shadow-card forced-color-adjust-none print:rounded-none print:p-0 print:text-[10.5pt] print:leading-snug print:shadow-none">
      <div className="flex items-baseline justify-between gap-4 border-b-2 border-[#000] pb-2">
        <p className="flex min-w-0 items-center gap-2 text-lg font-bold wrap-anywhere print:text-[12pt]">
          {logo && <LogoImage logo={logo} />}
          {merchantName}
        </p>
        <RupiahText amount={payment.amount} className="text-xl font-bold print:text-[14pt]" />
      </div>
      <dl className="mt-2.5 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-0.5">
        <Row name={t("for")}>
          {items.map((item) => (locale === "id" ? item.nameId : item.nameEn)).join(", ")}
        </Row>
        <Row name={t("name")}>{getTillDisplay(settings, { ...found, payment }).name}</Row>
      </dl>
      <h1 className="mt-4 print:mt-3">{t("code")}</h1>
      <div className="@container">
        <p className="sr-only">{inGroups(code)}</p>
        <p aria-hidden="true" className="code-digits flex flex-wrap gap-x-[0.28em]">
          {inGroups(code)
            .split(" ")
            .map((group, place) => (
              // oxlint-disable-next-line react/no-array-index-key -- groups repeat, and never change places
              <span key={`${place}-${group}`}>{group}</span>
            ))}
        </p>
      </div>
      <p className="mt-2">
        {payment.reusable ? t("untilReusable") : t("until")}{" "}
        <strong className="font-bold">
          <LocalTime iso={expiresAt.toISOString()} />
        </strong>
      </p>
      <dl className="mt-4 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-0.5 border-t border-[#000] pt-3 print:mt-3 print:pt-2">
        <Row name={t("where")}>{stores.length > 0 ? stores.join(", ") : label}</Row>
        <Row name={t("say")}>
          {/* The cashier's language, whatever the page's. */}
          <span lang="id">“{instructions("say")}”</span>
        </Row>
      </dl>
      <div className="mt-4 flex items-center gap-4 border-t border-[#000] pt-3 print:mt-3 print:pt-2">
        <div className="size-24 shrink-0 print:size-[23mm]">
          <LinkQr link={link} label={t("qrAlt")} />
        </div>
        <div className="min-w-0">
          <p className="font-semibold">{t("scan")}</p>
          <p className="digits text-sm wrap-anywhere print:text-[8.5pt]">{link}</p>
        </div>
      </div>
    </article>
  );
}

const Row = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd className="min-w-0 font-semibold wrap-anywhere">{children}</dd>
  </>
);
