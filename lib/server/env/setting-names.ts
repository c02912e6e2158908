import "server-only";
import type { Channel } from "../../channels/channel";

/** Set for each channel, with its name in front: `ALFA_MIN_AMOUNT`. */
export const limitNames = ["MIN_AMOUNT", "MAX_AMOUNT", "EXPIRES_IN_MINUTES", "ENABLED"] as const;
export type LimitName = (typeof limitNames)[number];

/** Set in the same way, only for channels with the feature. */
const featuresOfChannel = {
  BIN: ({ codeKinds }) => codeKinds.includes("mgpc") || codeKinds.includes("dipc"),
  BIN_MODEL: ({ codeKinds }) => codeKinds.includes("mgpc") || codeKinds.includes("dipc"),
  MERCHANT_CODES: ({ codeKinds }) => codeKinds.includes("mgpc"),
  MERCHANT_CODE_PATH: ({ codeKinds }) => codeKinds.includes("mgpc"),
  DIRECT_INQUIRY: ({ codeKinds }) => codeKinds.includes("dipc"),
  INSURANCE: ({ prints }) => prints.includes("insurance"),
  SUB_ACCOUNT: () => true,
  CHANGE_PATH: ({ toChangeBody }) => toChangeBody !== undefined,
} as const satisfies Record<string, (channel: Channel) => boolean>;
export type FeatureName = keyof typeof featuresOfChannel;

export const shareNames = ["SPLIT_SETTLEMENT", "SETTLEMENT_SHARES"] as const;
export type ShareName = (typeof shareNames)[number];

export const settingName = ({ id }: Channel, name: LimitName | FeatureName): string =>
  `${id.toUpperCase()}_${name}`;

/** The names of all settings that have an effect for a channel. */
export const listChannelSettings = (channel: Channel): string[] => [
  ...limitNames.map((name) => settingName(channel, name)),
  ...Object.entries(featuresOfChannel).flatMap(([name, has]) =>
    has(channel) ? [settingName(channel, name as FeatureName)] : [],
  ),
];
