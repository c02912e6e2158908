import { DetailItem, DetailList } from "@/app/dashboard/_components/detail-list";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import type { PaymentRow } from "@/db/queries/orders";
import type { TermName } from "@/lib/payment/carried-terms";
import { Rupiah } from "@/lib/payment/rupiah";
import type { SectionProps } from "./section-props";

type Props = SectionProps & {
  payment: PaymentRow;
  /** The text beside the name at the till. */
  info: string | undefined;
  /** Terms of the order that this payment's channel could not carry. */
  leftOut: readonly TermName[];
};

/** The merchant's terms beside the amount: the kind of code, the till's texts, a policy, shares. */
export function PaymentTerms({ payment, info, leftOut, locale, t }: Props) {
  const { terms, codeKind } = payment;
  const policy = terms.insurance;
  const shown = [codeKind !== "dgpc", terms.info, terms.description, terms.footer?.length, policy];
  if (![...shown, terms.settlement?.length, leftOut.length].some(Boolean)) return null;
  return (
    <div className="mt-4">
      <h4 className="mb-2 text-sm text-muted">{t("terms.title")}</h4>
      <DetailList>
        {codeKind !== "dgpc" && (
          <DetailItem name={t("terms.kind")}>{t(`terms.kinds.${codeKind}`)}</DetailItem>
        )}
        <DetailItem name={t("terms.info")}>{terms.info && info}</DetailItem>
        <DetailItem name={t("terms.description")}>{terms.description}</DetailItem>
        {terms.footer && terms.footer.length > 0 && (
          <DetailItem name={t("terms.footer")}>
            <span className="digits text-sm whitespace-pre-line">{terms.footer.join("\n")}</span>
          </DetailItem>
        )}
        {policy && (
          <DetailItem name={t("terms.insurance")}>
            {policy.policyType}, {policy.policyNumber}, {policy.policyAccountName}, {policy.policyStatus},{" "}
            {policy.billDueDate}
          </DetailItem>
        )}
        {terms.settlement && terms.settlement.length > 0 && (
          <DetailItem name={t("terms.settlement")}>
            <ul>
              {terms.settlement.map(({ account, type, value }) => (
                <li key={account}>
                  <span className="digits text-sm">{account}</span>:{" "}
                  {type === "PERCENTAGE" ? `${value}%` : formatRupiah(Rupiah.parse(value), locale)}
                </li>
              ))}
            </ul>
          </DetailItem>
        )}
        {leftOut.length > 0 && (
          <DetailItem name={t("terms.leftOut")}>
            {leftOut.map((name) => t(`terms.${name}`)).join(", ")}
          </DetailItem>
        )}
      </DetailList>
    </div>
  );
}
