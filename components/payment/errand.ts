import type { Locale } from "next-intl";
import type { PaymentView } from "@/lib/payment/payment-view";
import { formatTime } from "@/lib/payment/local-time";
import { formatRupiah } from "@/lib/payment/format-rupiah";
import { inGroups } from "./in-groups";

export type Errand = {
  view: PaymentView;
  code: string;
  channelName: string;
  merchantName: string;
  /** The full address of the payment page. */
  address: string;
};

/** What the person who pays needs, for the texts of `payment.live.share`, and nothing about the shopper. */
export const toErrandWords = (
  { view, code, channelName, merchantName, address }: Errand,
  locale: Locale,
) => ({
  shop: merchantName,
  amount: formatRupiah(view.amount, locale),
  channel: channelName,
  code: inGroups(code).join(" "),
  deadline: view.expiresAt === undefined ? "" : formatTime(view.expiresAt, locale),
  link: address,
});
