import "server-only";
import { z } from "zod";
import type { Channel, ChannelFeatures } from "@/lib/channels/channel";
import { channels } from "@/lib/channels/registry";
import { Bin } from "@/lib/payment/own-code";
import type { CodeKind } from "@/lib/payment/payment-code";
import type { ChannelId } from "@/lib/payment/payment";
import { Share } from "@/lib/payment/settlement";
import { settingName } from "./setting-names";
import type { FeatureName, ShareName } from "./setting-names";

type Env = Record<string, string | undefined>;

/**
 * BCA's path for merchant codes, with Alfa's name in it: DOKU's pages do not print Alfa's
 * (docs/doku-protocol.md#43-register-a-merchants-code-mgpc).
 */
const merchantCodePath = "/alfa-online-to-offline/v2/merchant-payment-code";

/** The only BIN that the simulator knows. */
const simulatorBin = "889651";

const flag = z.enum(["true", "false"], { error: "must be true or false" });
const path = z
  .string()
  .regex(/^(\/[A-Za-z0-9._-]+)+$/, "must be a path such as /alfa-online-to-offline/v2/payment-code");

/**
 * Parses `ALFA_BIN` and similar settings: features that DOKU switches on for an account. With the simulator all are on.
 */
export function parseFeatures(
  env: Env,
  isSimulated: boolean,
): { features: Record<ChannelId, ChannelFeatures>; problems: string[] } {
  const problems: string[] = [];
  const entries = channels.map((channel) => {
    const read = createSettingParser(env, channel, problems);
    const isOn = (name: FeatureName): boolean => read(name, flag, isSimulated ? "true" : "false") === "true";
    const bin = parseBin(read, isSimulated);
    if (bin === "wrong") problems.push(`${settingName(channel, "BIN")} ${binRule}`);
    const kinds: Record<CodeKind, boolean> = {
      dgpc: true,
      mgpc: isOn("MERCHANT_CODES"),
      dipc: isOn("DIRECT_INQUIRY"),
    };
    if ((kinds.mgpc || kinds.dipc) && bin === undefined && channel.codeKinds.includes("mgpc"))
      problems.push(
        `${settingName(channel, "BIN")} is needed for codes of your own: DOKU's care team gives it`,
      );
    const features: ChannelFeatures = {
      bin: bin === "wrong" ? undefined : bin,
      codeKinds: channel.codeKinds.filter((kind) => kinds[kind]),
      insurance: channel.prints.includes("insurance") && isOn("INSURANCE"),
      subAccount: read("SUB_ACCOUNT", flag, String(channel.subAccount)) === "true",
      merchantCodePath: read("MERCHANT_CODE_PATH", path, merchantCodePath),
      changePath: env[settingName(channel, "CHANGE_PATH")] && read("CHANGE_PATH", path, merchantCodePath),
    };
    return [channel.id, features] as const;
  });
  return { features: Object.fromEntries(entries), problems };
}

const binRule =
  "takes 6 digits or more, or with BIN_MODEL=direct 5: it is what DOKU or the acquirer has given this shop alone";

type Read = (name: FeatureName, schema: z.ZodType<string>, fallback: string) => string;

const createSettingParser =
  (env: Env, channel: Channel, problems: string[]): Read =>
  (name, schema, fallback) => {
    const key = settingName(channel, name);
    const parsed = schema.safeParse(env[key] ?? fallback);
    if (!parsed.success) problems.push(...parsed.error.issues.map(({ message }) => `${key} ${message}`));
    return parsed.success ? parsed.data : fallback;
  };

function parseBin(read: Read, isSimulated: boolean): Bin | "wrong" | undefined {
  const digits = read("BIN", z.string(), isSimulated ? simulatorBin : "");
  if (digits === "") return undefined;
  const model = read("BIN_MODEL", z.enum(["aggregator", "direct"]), "aggregator");
  const bin = Bin.safeParse({ digits, model });
  return bin.success ? bin.data : "wrong";
}

/**
 * Parses `SETTLEMENT_SHARES=SBA-0001-123:PERCENTAGE:30, SBA-0001-456:FIX:2500`; `SPLIT_SETTLEMENT=true` alone allows
 * shares.
 */
export function parseShares(
  env: Partial<Record<ShareName, string | undefined>>,
  isSimulated: boolean,
): { shares: readonly Share[] | undefined; problems: string[] } {
  const isOn = flag.safeParse(env.SPLIT_SETTLEMENT ?? (isSimulated ? "true" : "false"));
  if (!isOn.success) return { shares: undefined, problems: ["SPLIT_SETTLEMENT must be true or false"] };
  const given = env.SETTLEMENT_SHARES ?? "";
  const shares = given
    .split(",")
    .filter((text) => text.trim() !== "")
    .map((text) => {
      const [account, type, value] = text.trim().split(":");
      return Share.safeParse({ account, type, value: Number(value) });
    });
  const read = shares.flatMap(({ data }) => (data ? [data] : []));
  const percents = read
    .filter(({ type }) => type === "PERCENTAGE")
    .reduce((sum, { value }) => sum + value, 0);
  const problems = [
    ...(read.length < shares.length
      ? ["SETTLEMENT_SHARES must be a list such as SBA-0001-123:PERCENTAGE:30, SBA-0001-456:FIX:2500"]
      : []),
    ...(new Set(read.map(({ account }) => account)).size < read.length
      ? ["SETTLEMENT_SHARES name one account twice"]
      : []),
    ...(percents > 100 ? ["SETTLEMENT_SHARES give away more than 100 percent"] : []),
    ...(given !== "" && isOn.data === "false" ? ["SETTLEMENT_SHARES need SPLIT_SETTLEMENT=true"] : []),
  ];
  return { shares: isOn.data === "true" ? read : undefined, problems };
}
