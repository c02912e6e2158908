import { z } from "zod";

export const ChannelId = z.enum(["alfa", "indomaret", "indodana"]);
export type ChannelId = z.infer<typeof ChannelId>;
export const StoreChannel = z.enum(["alfa", "indomaret"]);
export type StoreChannel = z.infer<typeof StoreChannel>;

export type WireIds = { service: string; acquirer: string; channel: string };

/** Protocol 8.2 and 8.3. Alfa's ids are documented, the other two are assumed. */
export const wireIds: Record<ChannelId, WireIds> = {
  alfa: { service: "ONLINE_TO_OFFLINE", acquirer: "ALFA", channel: "ONLINE_TO_OFFLINE_ALFA" },
  indomaret: { service: "ONLINE_TO_OFFLINE", acquirer: "INDOMARET", channel: "ONLINE_TO_OFFLINE_INDOMARET" },
  indodana: { service: "PEER_TO_PEER", acquirer: "INDODANA", channel: "PEER_TO_PEER_INDODANA" },
};

export type StoreFacts = {
  slug: string;
  bin: string;
  agentId: string;
  storeName: string;
  maxExpiryMinutes: number;
};

/** `maxExpiryMinutes`: 5 digits at Alfa, 8 at Indomaret (protocol 13, row 6). The BINs are of the samples. */
export const stores: Record<StoreChannel, StoreFacts> = {
  alfa: {
    slug: "alfa-online-to-offline",
    bin: "6059",
    agentId: "ALFAMART",
    storeName: "Alfamart",
    maxExpiryMinutes: 99_999,
  },
  indomaret: {
    slug: "indomaret-online-to-offline",
    bin: "7712",
    agentId: "INDOMARET",
    storeName: "Indomaret",
    maxExpiryMinutes: 99_999_999,
  },
};

export const channelNames: Record<ChannelId, string> = {
  alfa: "Alfamart",
  indomaret: "Indomaret",
  indodana: "Indodana",
};
