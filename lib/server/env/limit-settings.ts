import "server-only";
import { z } from "zod";
import type { ChannelLimits } from "@/lib/channels/channel";
import { channels } from "@/lib/channels/registry";
import type { ChannelId } from "@/lib/payment/payment";
import { Rupiah } from "@/lib/payment/rupiah";
import { flag } from "./environment";
import { settingName } from "./setting-names";
import type { LimitName } from "./setting-names";

/** Parses `ALFA_MAX_AMOUNT` and similar settings, for every channel of the registry. */
export function parseLimits(
  env: Record<string, string | undefined>,
  isSimulated: boolean,
): { channels: Record<ChannelId, ChannelLimits>; problems: string[] } {
  const problems: string[] = [];
  const entries = channels.map((channel) => {
    const read = <T>(name: LimitName, schema: z.ZodType<T>, fallback: T): T => {
      const key = settingName(channel, name);
      const parsed = schema.safeParse(env[key] ?? fallback);
      if (!parsed.success) problems.push(...parsed.error.issues.map(({ message }) => `${key} ${message}`));
      return parsed.success ? parsed.data : fallback;
    };
    const { defaults, onWithSimulator } = channel;
    const limits = {
      min: read("MIN_AMOUNT", z.coerce.number().pipe(Rupiah), defaults.min),
      max: read("MAX_AMOUNT", z.coerce.number().pipe(Rupiah), defaults.max),
      expiresInMinutes: read(
        "EXPIRES_IN_MINUTES",
        z.coerce.number().int().min(1).max(99_999),
        defaults.expiresInMinutes,
      ),
      enabled: read(
        "ENABLED",
        z.union([z.boolean(), flag]),
        defaults.enabled || (isSimulated && onWithSimulator),
      ),
    };
    if (limits.min > limits.max)
      problems.push(`${channel.id.toUpperCase()}_MIN_AMOUNT is above its MAX_AMOUNT`);
    return [channel.id, limits] as const;
  });
  return { channels: Object.fromEntries(entries), problems };
}
