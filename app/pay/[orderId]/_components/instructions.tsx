import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { formatRupiah } from "@/components/rupiah";
import { buttonClass } from "@/components/ui/button";
import { Step, Steps } from "@/components/ui/steps";
import type { Method, OrderSummary } from "@/lib/operations/checkout/load-order";

type Props = {
  method: Method;
  order: OrderSummary;
  /** DOKU's own page about this code. */
  howToPayPage: string | undefined;
  /** DOKU's own steps for this code, where it gave any; plain text. */
  steps?: readonly string[];
};

/** What to do, one step after the other, for one way to pay. */
export async function Instructions({ method, order, howToPayPage, steps }: Props) {
  const t = await getTranslations("instructions");
  return (
    <section aria-labelledby={`how-${method.channel}`}>
      <h2 id={`how-${method.channel}`} className="mb-4 text-lg font-bold">
        {t("title")}
      </h2>
      <Steps>
        {steps && steps.length > 0 ? (
          steps.map((step) => <Step key={step}>{step}</Step>)
        ) : method.means === "code" ? (
          <CodeSteps method={method} order={order} />
        ) : (
          <PageSteps method={method} order={order} />
        )}
      </Steps>
      {howToPayPage && (
        <a href={howToPayPage} target="_blank" rel="noreferrer" className={buttonClass("link", "mt-3")}>
          {t("more")} <span aria-hidden="true">↗</span>
          <span className="sr-only">({t("newTab")})</span>
        </a>
      )}
    </section>
  );
}

async function CodeSteps({ method, order }: { method: Method; order: OrderSummary }) {
  const [locale, t] = [await getLocale(), await getTranslations("instructions")];
  const stores = method.stores.length > 0 ? method.stores : [method.label];
  const values = { amount: formatRupiah(order.amount, locale), name: order.tillName ?? "", b: strong };
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

async function PageSteps({ method, order }: { method: Method; order: OrderSummary }) {
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
