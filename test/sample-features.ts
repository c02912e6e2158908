import type { ChannelId } from "../lib/payment/payment";
import type { ChannelFeatures } from "../lib/channels/channel";
import { channels } from "../lib/channels/registry";

/** DOKU's name for a BIN that it gives to one merchant alone. */
export const sampleBin = { digits: "889651", model: "aggregator" } as const;

/** As with an account at DOKU that has everything switched on, for tests. */
export const everyFeature: Record<ChannelId, ChannelFeatures> = Object.fromEntries(
  channels.map(({ id, codeKinds }) => [
    id,
    {
      bin: sampleBin,
      codeKinds,
      insurance: true,
      merchantCodePath: "/alfa-online-to-offline/v2/merchant-payment-code",
      changePath: undefined,
    },
  ]),
);

/** Settings of an account without any of the extras that all payments share. */
export const noExtras = {
  inquiryPath: "/api/doku/inquiries",
  features: everyFeature,
  shares: undefined,
  subAccount: undefined,
  overrideNotificationUrl: undefined,
} as const;
