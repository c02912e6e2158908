import { useTranslations } from "next-intl";
import { QuietLink } from "./quiet-link";

type Props = { orderId: string; maskedName: string | undefined };

/** Whose order it is, as the shop said, and the way to give other details. Nothing that the browser did not type is shown. */
export function GivenLine({ orderId, maskedName }: Props) {
  const t = useTranslations("checkout.given");
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
      <span>{maskedName === undefined ? t("some") : t("named", { name: maskedName })}</span>
      <QuietLink href={`/checkout/${orderId}?details=other`}>
        {t(maskedName === undefined ? "change" : "notYou")}
      </QuietLink>
    </p>
  );
}

/** Back to the details that the shop gave, for a shopper who opened the form by mistake. */
export const UseGivenLine = ({ orderId }: { orderId: string }) => (
  <p>
    <QuietLink href={`/checkout/${orderId}`}>{useTranslations("checkout.given")("use")}</QuietLink>
  </p>
);
