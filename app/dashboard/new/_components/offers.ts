import type { Channel } from "@/lib/channels/channel";
import { channels } from "@/lib/channels/registry";
import { canSettle, featuresOf, limitsOf } from "@/lib/operations/payments/new-payment";
import type { OperationSettings } from "@/lib/operations/deps";
import type { Bin } from "@/lib/payment/own-code";
import type { CodeKind } from "@/lib/payment/payment-code";
import type { ChannelId } from "@/lib/payment/payment";
import type { Rupiah } from "@/lib/payment/rupiah";
import { footerFields } from "./field-names";
import type { FooterField } from "./field-names";

/** What a merchant can ask for at one channel: what DOKU has there, and what of it is switched on. */
export type Offer = {
  channel: ChannelId;
  label: string;
  stores: readonly string[];
  isOn: boolean;
  /** Off until the merchant has a contract of their own with the stores. */
  needsContract: boolean;
  /** Whole rupiah; both ends belong to what is taken. */
  min: Rupiah;
  max: Rupiah;
  /** How long a code lasts by default. */
  minutes: number;
  /** All that DOKU has for this channel. */
  kinds: readonly CodeKind[];
  /** Those that can be made now. */
  kindsOn: readonly CodeKind[];
  bin: Bin | undefined;
  prints: Channel["prints"];
  footerLines: number;
  canReuse: boolean;
  insurance: boolean;
  /** DOKU shares this channel's money out, and this account has it switched on. */
  settles: boolean;
};

/** Every channel of codes, those that are switched off included: their cards say how to switch them on. */
export const offersOf = (
  settings: Pick<OperationSettings, "channels" | "features" | "shares">,
): readonly Offer[] => channels.filter(({ codeKinds }) => codeKinds.length > 0).map(offerIn(settings));

const offerIn =
  (settings: Parameters<typeof offersOf>[0]) =>
  (channel: Channel): Offer => {
    const features = featuresOf({ settings }, channel);
    const { enabled, min, max, expiresInMinutes } = limitsOf({ settings }, channel);
    return {
      channel: channel.id,
      label: channel.label,
      stores: channel.stores,
      isOn: enabled,
      needsContract: !channel.defaults.enabled,
      min,
      max,
      minutes: expiresInMinutes,
      kinds: channel.codeKinds,
      kindsOn: features.codeKinds,
      bin: features.bin,
      prints: channel.prints,
      footerLines: channel.footerLines,
      canReuse: channel.can.reuse,
      insurance: features.insurance && channel.prints.includes("insurance"),
      settles: canSettle({ settings }, channel),
    };
  };

export type Parts = Record<"code" | "reusable" | "receiptDescription" | "insurance" | "shares", boolean> & {
  /** The lines of the receipt's foot that are printed. */
  footer: readonly FooterField[];
};

/** Which parts of the form mean anything for a choice; the others are not looked at, whatever stands in them. */
export const partsOf = (offer: Offer, kind: CodeKind): Parts => ({
  code: kind !== "dgpc",
  reusable: offer.canReuse && kind !== "dipc",
  footer: footerFields.slice(0, offer.footerLines),
  receiptDescription: offer.prints.includes("description"),
  insurance: offer.insurance,
  // An inquiry's answer has no place for shares.
  shares: offer.settles && kind !== "dipc",
});
