import { useTranslations } from "next-intl";
import { buttonClass } from "@/components/ui/button";
import { WordsOfPages } from "./method-cards";
import type { MethodCard } from "./method-cards";

type Props = { amount: string; methods: readonly MethodCard[]; isPending: boolean };

/** The one act of the checkout, with the amount. Which words it wears follows the chosen method, by style sheet. */
export function SubmitButton({ amount, methods, isPending }: Props) {
  const t = useTranslations("checkout");
  return (
    <div>
      <button
        type="submit"
        aria-disabled={isPending}
        onClick={(event) => isPending && event.preventDefault()}
        className={buttonClass("primary", "min-h-14 w-full text-balance max-sm:px-4 sm:text-lg")}
      >
        {isPending ? (
          t("pending")
        ) : (
          <>
            <span className="mr-auto text-left">
              <span className="when-page:hidden">{t("submitCode")}</span>
              <WordsOfPages methods={methods}>{(channel) => t("submitPage", { channel })}</WordsOfPages>
            </span>
            <span className="digits whitespace-nowrap">{amount}</span>
          </>
        )}
      </button>
      <p className="mt-2 text-center text-sm text-balance text-muted">
        <span className="when-page:hidden">{t("noCharge")}</span>
        <WordsOfPages methods={methods}>{(channel) => t("noChargePage", { channel })}</WordsOfPages>
      </p>
    </div>
  );
}
