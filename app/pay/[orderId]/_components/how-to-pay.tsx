import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Step, Steps } from "@/components/ui/steps";
import { splitByLanguage } from "@/lib/payment/how-to-pay";
import type { HowToPay as Instruction } from "@/lib/payment/how-to-pay";
import type { PaymentView } from "@/lib/payment/payment-view";

type Props = {
  view: Pick<PaymentView, "howToPay" | "howToPayPage">;
  /** Our own text, in the page's language. */
  ownText: ReactNode;
};

/** What to do: DOKU's steps for this code in the page's language, else our own text. Drawn again when the view changes. */
export function HowToPay({ view, ownText }: Props) {
  const t = useTranslations("payment.live.howToPay");
  const locale = useLocale();
  const { own, other } = splitByLanguage(view.howToPay ?? [], locale);
  const otherLocale = locale === "id" ? "en" : "id";
  return (
    <section aria-labelledby="how-to-pay">
      <h2 id="how-to-pay" className="mb-4 text-lg font-bold">
        {t("title")}
      </h2>
      {own.length > 0 ? <Instructions all={own} /> : ownText}
      {other.length > 0 && (
        <Disclosure title={<span lang={otherLocale}>{t("otherLanguage")}</span>} className="mt-4">
          <div lang={otherLocale}>
            <Instructions all={other} />
          </div>
        </Disclosure>
      )}
      {view.howToPayPage && (
        <a href={view.howToPayPage} target="_blank" rel="noreferrer" className={buttonClass("link", "mt-3")}>
          {t("page")} <span aria-hidden="true">↗</span>
          <span className="sr-only">({t("newTab")})</span>
        </a>
      )}
    </section>
  );
}

/** One list of steps, or one for each store under its name. */
const Instructions = ({ all }: { all: readonly Instruction[] }) => (
  <div className="space-y-5">
    {all.map(({ channel, steps }, place) => (
      // oxlint-disable-next-line react/no-array-index-key -- names may repeat, and never change places
      <div key={`${place}-${channel}`}>
        {all.length > 1 && channel !== "" && <h3 className="mb-3 font-semibold">{channel}</h3>}
        <Steps>
          {steps.map((step, number) => (
            // oxlint-disable-next-line react/no-array-index-key -- steps may repeat, and never change places
            <Step key={`${number}-${step}`}>
              <span className="wrap-anywhere">{step}</span>
            </Step>
          ))}
        </Steps>
      </div>
    ))}
  </div>
);
