import { channelName } from "@/app/_components/channel-words";
import { fill } from "@/components/fill";
import type { CodeKind } from "@/lib/payment/payment-code";
import { longestOwnCode } from "@/lib/payment/own-code";
import type { Messages } from "@/lib/server/i18n/i18n";
import { partsOf } from "./offers";
import type { Offer, Parts } from "./offers";

/** A kind of code at one channel; `why` says why it cannot be chosen, and what to do about it. */
export type KindChoice = {
  kind: CodeKind;
  why: string | undefined;
  parts: Parts;
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
export const choicesOf = (
  offers: readonly Offer[],
  { dashboard: { make }, channels }: Pick<Messages, "dashboard" | "channels">,
): Choice[] =>
  offers.map((offer) => {
    const name = channelName(channels, offer);
    return {
      channel: offer.channel,
      name,
      stores: offer.stores.some((store) => store !== name) ? offer.stores.join(", ") : "",
      why: offer.isOn ? undefined : whyOff(offer, { name, make }),
      kinds: order.map((kind) => ({
        kind,
        why: whyNot(offer, kind, { name, make }),
        parts: partsOf(offer, kind),
      })),
      codeHint: offer.bin && fill(make.codeHint, { bin: offer.bin.digits, most: longestOwnCode(offer.bin) }),
      bin: offer.bin?.digits ?? "",
    };
  });

const settingOf = ({ channel }: Offer, name: string): string => `${channel.toUpperCase()}_${name}`;

type Words = { name: string; make: Messages["dashboard"]["make"] };

const whyOff = (offer: Offer, { name, make }: Words): string =>
  fill(offer.needsContract ? make.channelOffContract : make.channelOff, {
    name,
    setting: settingOf(offer, "ENABLED"),
  });

function whyNot(offer: Offer, kind: CodeKind, { name, make }: Words): string | undefined {
  if (offer.kindsOn.includes(kind)) return undefined;
  if (!offer.kinds.includes(kind)) return fill(make.kindNever, { name });
  const flag = settingOf(offer, kind === "dipc" ? "DIRECT_INQUIRY" : "MERCHANT_CODES");
  return fill(kind === "dipc" ? make.inquiryOff : make.ownCodeOff, { bin: settingOf(offer, "BIN"), flag });
}
