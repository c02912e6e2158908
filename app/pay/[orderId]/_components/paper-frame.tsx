import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PrintButton } from "@/app/_components/print-button";
import { ShopperPage } from "@/app/_components/shopper-page";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";

type Props = { orderId: string; children: ReactNode };

/** A page of an order for paper, one A6 sheet: the way back and the button are not printed. */
export async function PaperFrame({ orderId, children }: Props) {
  const t = await getTranslations("paper");
  return (
    <ShopperPage>
      <a href={`/pay/${orderId}`} className={buttonClass("link", "mb-2")}>
        ← {t("back")}
      </a>
      <PrintButton label={t("print")} hint={t("hint")} />
      <Card className="print:border-0 print:shadow-none print:text-[0.8125rem] print:leading-snug">
        {children}
      </Card>
    </ShopperPage>
  );
}
