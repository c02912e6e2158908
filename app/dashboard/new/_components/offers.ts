import type { Channel } from "@/lib/channels/channel";
import { channels } from "@/lib/channels/registry";
import { getMerchantCodeRules, getLimits } from "@/lib/operations/payments/new-payment";
import type { OperationSettings } from "@/lib/operations/deps";
import type { MerchantCodeRules } from "@/lib/payment/merchant-code";
import type { CodeKind } from "@/lib/payment/payment-code";
import type { ChannelId } from "@/lib/payment/payment";
import { footerFields } from "./field-names";
import type { FooterField } from "./field-names";

/** What a merchant can ask for at one channel, and how its card names it. */
export type Offer = MerchantCodeRules & {
  channel: ChannelId;
  label: string;
  stores: readonly string[];
  /** Off by default, because it needs the merchant's own contract with the stores. */
  needsContract: boolean;
  /** How long a code lasts by default. */
  minutes: number;
  /** All kinds that DOKU offers for this channel; `kindsOn` are switched on. */
  kinds: readonly CodeKind[];
};

/** Every channel with codes. Channels that are switched off say on their cards how to switch them on. */
export const listOffers = (
  settings: Pick<OperationSettings, "channels" | "features" | "shares">,
): readonly Offer[] => channels.filter(({ codeKinds }) => codeKinds.length > 0).map(toOffer(settings));

const toOffer =
  (settings: Parameters<typeof listOffers>[0]) =>
  (channel: Channel): Offer => ({
    ...getMerchantCodeRules(settings, channel),
    channel: channel.id,
    label: channel.label,
    stores: channel.stores,
    needsContract: !channel.defaults.enabled,
    minutes: getLimits({ settings }, channel).expiresInMinutes,
    kinds: channel.codeKinds,
  });

export type FormParts = Record<
  "code" | "reusable" | "receiptDescription" | "insurance" | "shares",
  boolean
> & {
  /** The lines of the receipt's foot that are printed. */
  footer: readonly FooterField[];
};

/** The parts of the form that apply to a choice; all other fields are ignored. */
export const getFormParts = (offer: Offer, kind: CodeKind): FormParts => ({
  code: kind !== "dgpc",
  reusable: offer.canReuse && kind !== "dipc",
  footer: footerFields.slice(0, offer.footerLines),
  receiptDescription: offer.prints.includes("description"),
  insurance: offer.insurance,
  // An inquiry's answer has no place for shares.
  shares: offer.settles && kind !== "dipc",
});
