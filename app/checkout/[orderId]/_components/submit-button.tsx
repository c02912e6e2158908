import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import type { MethodCard } from "./method-card";
import { PageTexts } from "./page-texts";

type Props = { amount: string; methods: readonly MethodCard[]; isPending: boolean };

/** Submits the checkout, and shows the amount. Its text follows the chosen method, by style sheet. */
export function SubmitButton({ amount, methods, isPending }: Props) {
  const t = useTranslations("checkout");
  return (
    <div>
      <button
        type="submit"
        aria-disabled={isPending}
        onClick={(event) => isPending && event.preventDefault()}
        className={buttonClass("primary", "min-h-14 w-full flex-wrap text-balance max-sm:px-4 sm:text-lg")}
      >
        {isPending ? (
          t("pending")
        ) : (
          <>
            <span className="min-w-0 flex-1 basis-24 text-left">
              <span className="when-page:hidden">{t("submitCode")}</span>
              <PageTexts methods={methods}>{(channel) => t("submitPage", { channel })}</PageTexts>
            </span>
            <span className="digits ml-auto max-w-full">{amount}</span>
          </>
        )}
      </button>
      <p className="mt-2 text-center text-sm text-balance text-muted">
        <span className="when-page:hidden">{t("noCharge")}</span>
        <PageTexts methods={methods}>{(channel) => t("noChargePage", { channel })}</PageTexts>
      </p>
    </div>
  );
}
