import type { ChannelId } from "../lib/payment/payment";
import type { ChannelFeatures } from "../lib/channels/channel";
import { channels } from "../lib/channels/registry";

/** A BIN that DOKU gives to one merchant only. */
export const sampleBin = { digits: "889651", model: "aggregator" } as const;

/** An account at DOKU with every feature switched on, for tests. */
export const everyFeature: Record<ChannelId, ChannelFeatures> = Object.fromEntries(
  channels.map(({ id, codeKinds }) => [
    id,
    {
      bin: sampleBin,
      codeKinds,
      insurance: true,
      subAccount: true,
      merchantCodePath: "/alfa-online-to-offline/v2/merchant-payment-code",
      changePath: undefined,
    },
  ]),
);

/** Settings of an account without split settlement, sub-account and override. */
export const noExtras = {
  inquiryPath: "/api/doku/inquiries",
  inquiryClockMinutes: 0,
  paymentDestinations: [".indodana.com"],
  howToPayDestinations: ["doku.com", ".doku.com"],
  features: everyFeature,
  shares: undefined,
  subAccount: undefined,
  overrideNotificationUrl: undefined,
} as const;
