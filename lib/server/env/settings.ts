import "server-only";
import { z } from "zod";
import type { ChannelFeatures, ChannelLimits } from "@/lib/channels/channel";
import { channels } from "@/lib/channels/registry";
import type { DokuKeys } from "@/lib/doku/keys";
import { Rupiah } from "@/lib/payment/rupiah";
import type { ChannelId } from "@/lib/payment/payment";
import type { Share } from "@/lib/payment/settlement";
import type { TrustedProxies } from "../limits/trusted-proxies";
import { Environment, flag, hostsIn, ownPaths, pathOf, simulatorKeys } from "./environment";
import { readFeatures, readShares } from "./feature-settings";
import { settingName } from "./setting-names";
import type { LimitName } from "./setting-names";
import { brokenRules } from "./setting-rules";

/** Everything that can be set, once parsed. Names and defaults are in the README's table. */
export type Settings = {
  dokuEnvironment: "simulator" | "sandbox" | "production";
  dokuBaseUrl: string;
  keys: DokuKeys;
  databaseUrl: string | undefined;
  databaseOwnerUrl: string | undefined;
  embeddedDirectory: string;
  preparedStatements: boolean;
  appUrl: string;
  notificationPath: string;
  inquiryPath: string;
  merchantName: string;
  invoicePrefix: string;
  simulatorUrl: string;
  /** Where a shopper may be sent on to pay. */
  paymentDestinations: string[];
  channels: Record<ChannelId, ChannelLimits>;
  features: Record<ChannelId, ChannelFeatures>;
  shares: readonly Share[] | undefined;
  subAccount: string | undefined;
  overrideNotificationUrl: string | undefined;
  demoOwner: { email: string; password: string } | undefined;
  sessionSecret: string | undefined;
  /** Off when `npm run worker` does it. */
  reconcileInApp: boolean;
  /** Whose part of X-Forwarded-For is believed. */
  trustedProxies: TrustedProxies;
  /** What one client may begin. */
  ordersPerMinute: number;
  paymentsPerMinute: number;
  paymentsPerHour: number;
};

export type ReadSettings = { outcome: "read"; settings: Settings } | { outcome: "wrong"; problems: string[] };

const bases = { sandbox: "https://api-sandbox.doku.com", production: "https://api.doku.com" } as const;

/** Reads all settings and, when something is wrong, says everything that is, not only the first. */
export function readSettings(env: Record<string, string | undefined>): ReadSettings {
  // An empty line in an .env file means "not set".
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = Environment.safeParse(given);
  const isSimulated = (given["DOKU_ENVIRONMENT"] ?? "simulator") === "simulator";
  const [limits, features, shares] = [
    readLimits(given, isSimulated),
    readFeatures(given, isSimulated),
    readShares(given, isSimulated),
  ];
  const found = [...limits.problems, ...features.problems, ...shares.problems];
  if (!parsed.success) return wrong([...parsed.error.issues.map(said), ...found]);
  const problems = [...found, ...brokenRules(parsed.data)];
  if (problems.length > 0) return wrong(problems);
  const perChannel = { channels: limits.channels, features: features.features, shares: shares.shares };
  return { outcome: "read", settings: { ...settle(parsed.data), ...perChannel } };
}

const wrong = (problems: string[]): ReadSettings => ({ outcome: "wrong", problems });
const said = ({ path, message }: z.core.$ZodIssue): string => `${path.join(".")} ${message}`;

function settle(env: Environment): Omit<Settings, "channels" | "features" | "shares"> {
  const dokuEnvironment = env.DOKU_ENVIRONMENT ?? "simulator";
  const simulatorUrl = `http://localhost:${env.SIMULATOR_PORT}`;
  const appUrl = env.APP_URL ?? `http://localhost:${env.PORT}`;
  const ownBase = dokuEnvironment === "simulator" ? simulatorUrl : bases[dokuEnvironment];
  const dokuBaseUrl = env.DOKU_BASE_URL ?? ownBase;
  const simulated = dokuEnvironment === "simulator";
  return {
    dokuEnvironment,
    dokuBaseUrl,
    keys: {
      clientId: env.DOKU_CLIENT_ID ?? simulatorKeys.clientId,
      current: env.DOKU_SECRET_KEY ?? env.SIMULATOR_SECRET_KEY ?? simulatorKeys.secret,
      previous: env.DOKU_SECRET_KEY_PREVIOUS,
    },
    databaseUrl: env.DATABASE_URL,
    databaseOwnerUrl: env.DATABASE_OWNER_URL,
    embeddedDirectory: env.EMBEDDED_DATABASE,
    preparedStatements: env.PREPARED_STATEMENTS,
    appUrl,
    notificationPath: pathOf(env.DOKU_NOTIFICATION_URL ?? ownPaths.notifications),
    inquiryPath: pathOf(env.DOKU_INQUIRY_URL ?? ownPaths.inquiries),
    subAccount: env.DOKU_SUB_ACCOUNT,
    overrideNotificationUrl: env.DOKU_OVERRIDE_NOTIFICATION_URL,
    merchantName: env.MERCHANT_NAME,
    invoicePrefix: env.INVOICE_PREFIX,
    simulatorUrl: simulated ? dokuBaseUrl : simulatorUrl,
    paymentDestinations: [
      ...hostsIn(env.PAYMENT_HOSTS),
      ...(simulated ? [new URL(dokuBaseUrl).origin] : []),
    ],
    demoOwner:
      simulated && env.DEMO_OWNER_EMAIL && env.DEMO_OWNER_PASSWORD
        ? { email: env.DEMO_OWNER_EMAIL, password: env.DEMO_OWNER_PASSWORD }
        : undefined,
    sessionSecret: env.SESSION_SECRET,
    reconcileInApp: env.RECONCILE_IN_APP,
    trustedProxies: env.TRUSTED_PROXIES,
    ordersPerMinute: env.ORDERS_PER_MINUTE,
    paymentsPerMinute: env.PAYMENTS_PER_MINUTE,
    paymentsPerHour: env.PAYMENTS_PER_HOUR,
  };
}

/** `ALFA_MAX_AMOUNT` and its like, for every channel of the registry. */
function readLimits(
  env: Record<string, string | undefined>,
  isSimulated: boolean,
): { channels: Settings["channels"]; problems: string[] } {
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

declare global {
  /** Next loads this module several times in one process; the settings are read once. */
  var kodeBayarSettings: Settings | undefined;
}

/** The settings of this process. @throws with all problems in its message when they are wrong */
export function getSettings(): Settings {
  if (globalThis.kodeBayarSettings) return globalThis.kodeBayarSettings;
  const read = readSettings(process.env);
  if (read.outcome === "wrong") throw new Error(`Settings are wrong:\n${read.problems.join("\n")}`);
  return (globalThis.kodeBayarSettings = read.settings);
}
