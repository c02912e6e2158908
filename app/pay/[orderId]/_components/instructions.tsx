import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import { Step, Steps } from "@/components/ui/steps";
import type { Method, OrderSummary } from "@/lib/operations/checkout/load-order";

type Props = { method: Method; order: OrderSummary };

/** Our own text about one way to pay, for as long as DOKU has given no steps of its own. */
export const Instructions = (props: Props) => (
  <Steps>{props.method.means === "code" ? <CodeSteps {...props} /> : <PageSteps {...props} />}</Steps>
);

async function CodeSteps({ method, order }: Props) {
  const [locale, t] = [await getLocale(), await getTranslations("instructions")];
  const stores = method.stores.length > 0 ? method.stores : [method.label];
  const values = { amount: formatRupiah(order.amount, locale), name: getTillName(order) ?? "", b: strong };
  return (
    <>
      <Step>
        {t("go", { stores: new Intl.ListFormat(locale, { type: "disjunction" }).format(stores) })}
        {/* The cashier's language, whatever the page's. */}
        <blockquote className="mt-2 border-l-4 border-primary pl-3">
          <p lang="id" className="font-bold">
            “{t("say")}”
          </p>
          {t("sayMeaning") && <p className="text-sm text-muted">{t("sayMeaning")}</p>}
        </blockquote>
      </Step>
      <Step>{values.name ? t.rich("showNamed", values) : t.rich("show", values)}</Step>
      <Step>{t("keep")}</Step>
    </>
  );
}

/** The name that a till shows, as far as this browser may see it. */
export const getTillName = ({ payer }: OrderSummary): string | undefined =>
  payer.seenBy === "own" ? payer.tillName : payer.maskedTillName;

async function PageSteps({ method, order }: Props) {
  const [locale, t] = [await getLocale(), await getTranslations("instructions")];
  return (
    <>
      <Step>{t("pageOpen", { channel: method.label })}</Step>
      <Step>{t.rich("pageChoose", { amount: formatRupiah(order.amount, locale), b: strong })}</Step>
      <Step>{t("pageBack")}</Step>
    </>
  );
}

/** A name may be longer than a line; an amount does not wrap. */
const strong = (chunks: ReactNode) => <strong className="font-bold wrap-anywhere">{chunks}</strong>;
