import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";

type Props = { orderId: string; maskedName: string | undefined };

/** Whose order it is, as the shop said, and the way to give other details. Nothing that the browser did not type is shown. */
export function GivenLine({ orderId, maskedName }: Props) {
  const t = useTranslations("checkout.given");
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 text-muted">
      <span>{maskedName === undefined ? t("some") : t("named", { name: maskedName })}</span>
      <ButtonLink look="link" href={`/checkout/${orderId}?details=other`} className="font-normal">
        {t(maskedName === undefined ? "change" : "notYou")}
      </ButtonLink>
    </p>
  );
}

/** Back to the details that the shop gave, for a shopper who opened the form by mistake. */
export const UseGivenLine = ({ orderId }: { orderId: string }) => (
  <p>
    <ButtonLink look="link" href={`/checkout/${orderId}`} className="font-normal">
      {useTranslations("checkout.given")("use")}
    </ButtonLink>
  </p>
);
