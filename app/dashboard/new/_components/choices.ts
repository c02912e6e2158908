import type { Translator } from "@/components/translator";
import type { CodeKind } from "@/lib/payment/payment-code";
import { getMaxCodeLength } from "@/lib/payment/own-code";
import { getFormParts } from "./offers";
import type { FormParts, Offer } from "./offers";

/** A kind of code at one channel; `why` says why it cannot be chosen, and what to do about it. */
export type KindChoice = {
  kind: CodeKind;
  why: string | undefined;
  parts: FormParts;
};

/** A channel as its card and the preview show it. */
export type Choice = {
  channel: string;
  name: string;
  stores: string;
  why: string | undefined;
  kinds: KindChoice[];
  codeHint: string | undefined;
  bin: string;
};

const order: readonly CodeKind[] = ["dgpc", "mgpc", "dipc"];

/** The choices of the form, in words. */
export const toChoices = (offers: readonly Offer[], t: Translator<"dashboard.make">): Choice[] =>
  offers.map((offer) => {
    const name = offer.label;
    return {
      channel: offer.channel,
      name,
      stores: offer.stores.some((store) => store !== name) ? offer.stores.join(", ") : "",
      why: offer.isOn ? undefined : explainOff(offer, t),
      kinds: order.map((kind) => ({
        kind,
        why: explainUnavailable(offer, kind, t),
        parts: getFormParts(offer, kind),
      })),
      codeHint: offer.bin && t("codeHint", { bin: offer.bin.digits, most: getMaxCodeLength(offer.bin) }),
      bin: offer.bin?.digits ?? "",
    };
  });

const getSettingName = ({ channel }: Offer, name: string): string => `${channel.toUpperCase()}_${name}`;

const explainOff = (offer: Offer, t: Translator<"dashboard.make">): string =>
  t(offer.needsContract ? "channelOffContract" : "channelOff", {
    channel: offer.label,
    setting: getSettingName(offer, "ENABLED"),
  });

function explainUnavailable(
  offer: Offer,
  kind: CodeKind,
  t: Translator<"dashboard.make">,
): string | undefined {
  if (offer.kindsOn.includes(kind)) return undefined;
  if (!offer.kinds.includes(kind)) return t("kindNever", { channel: offer.label });
  const flag = getSettingName(offer, kind === "dipc" ? "DIRECT_INQUIRY" : "MERCHANT_CODES");
  return t(kind === "dipc" ? "inquiryOff" : "ownCodeOff", { bin: getSettingName(offer, "BIN"), flag });
}
