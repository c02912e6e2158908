import "server-only";
import { z } from "zod";
import type { ChannelFeatures, ChannelLimits } from "@/lib/channels/channel";
import type { DokuKeys } from "@/lib/doku/keys";
import type { SmtpSettings } from "@/lib/email/smtp";
import type { ChannelId } from "@/lib/payment/payment";
import type { Share } from "@/lib/payment/settlement";
import type { TrustedProxies } from "../limits/trusted-proxies";
import { Environment, parseHosts, ownPaths, toPath, simulatorKeys } from "./environment";
import { parseFeatures, parseShares } from "./feature-settings";
import { parseLimits } from "./limit-settings";
import { findConflicts } from "./setting-rules";
import { toSmtpSettings } from "./smtp-settings";

/** Everything that can be set, once parsed. Names and defaults are in the README's table. */
export type Settings = {
  dokuEnvironment: "simulator" | "sandbox" | "production";
  /** Whether it is real money. */
  livemode: boolean;
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
  /** How shoppers reach the merchant; shown on the merchant's page. */
  merchantContact: MerchantContact;
  /** The mail server for e-mails to shoppers; without one none are sent. */
  smtp: SmtpSettings | undefined;
  /** Whether `/` is the demo shop; otherwise it is the merchant's page. */
  demoShop: boolean;
  /** Whether a code is shown as a Code 128 barcode too; not every till reads one. */
  cashierBarcode: boolean;
  /** How long a paid page waits before it goes back to the merchant's shop; 0 is never. */
  returnAfterSeconds: number;
  invoicePrefix: string;
  simulatorUrl: string;
  /** Hosts that a shopper may be redirected to for paying. */
  paymentDestinations: string[];
  /** Hosts that DOKU's payment steps may come from. */
  howToPayDestinations: string[];
  channels: Record<ChannelId, ChannelLimits>;
  features: Record<ChannelId, ChannelFeatures>;
  shares: readonly Share[] | undefined;
  subAccount: string | undefined;
  overrideNotificationUrl: string | undefined;
  demoOwner: { email: string; password: string } | undefined;
  /** What `npm start` starts beside the shop in try-it mode, which learns of payments by webhooks. */
  example: { shopUrl: string; apiKey: string; webhookSecret: string } | undefined;
  sessionSecret: string | undefined;
  /** Off when `npm run worker` reconciles. */
  reconcileInApp: boolean;
  /** Whose part of X-Forwarded-For is believed. */
  trustedProxies: TrustedProxies;
  /** What one client may begin. */
  ordersPerMinute: number;
  paymentsPerMinute: number;
  paymentsPerHour: number;
  /** Calls with one API key. */
  apiCallsPerMinute: number;
  /** Inquiries about one code; 0 for any number. */
  inquiriesPerMinute: number;
  inquiryClockMinutes: number;
};

export type MerchantContact = {
  phone: string | undefined;
  /** `62` and the rest, digits only. */
  whatsapp: string | undefined;
  email: string | undefined;
};

export type ParseSettings =
  { outcome: "read"; settings: Settings } | { outcome: "wrong"; problems: string[] };

/** DOKU's pages and APIs, in the sandbox and in production. */
const dokuHosts = ["doku.com", ".doku.com"];
const bases = { sandbox: "https://api-sandbox.doku.com", production: "https://api.doku.com" } as const;

/** Reads all settings and, when something is wrong, says everything that is, not only the first. */
export function parseSettings(env: Record<string, string | undefined>): ParseSettings {
  // An empty line in an .env file means "not set".
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = Environment.safeParse(given);
  const isSimulated = (given["DOKU_ENVIRONMENT"] ?? "simulator") === "simulator";
  const [limits, features, shares] = [
    parseLimits(given, isSimulated),
    parseFeatures(given, isSimulated),
    parseShares(given, isSimulated),
  ];
  const found = [...limits.problems, ...features.problems, ...shares.problems];
  if (!parsed.success) return toWrong([...parsed.error.issues.map(toSentence), ...found]);
  const problems = [...found, ...findConflicts(parsed.data)];
  if (problems.length > 0) return toWrong(problems);
  const perChannel = { channels: limits.channels, features: features.features, shares: shares.shares };
  return { outcome: "read", settings: { ...toSettings(parsed.data), ...perChannel } };
}

const toWrong = (problems: string[]): ParseSettings => ({ outcome: "wrong", problems });
const toSentence = ({ path, message }: z.core.$ZodIssue): string => `${path.join(".")} ${message}`;

function toSettings(env: Environment): Omit<Settings, "channels" | "features" | "shares"> {
  const dokuEnvironment = env.DOKU_ENVIRONMENT ?? "simulator";
  const simulatorUrl = `http://localhost:${env.SIMULATOR_PORT}`;
  const appUrl = env.APP_URL ?? `http://localhost:${env.PORT}`;
  const ownBase = dokuEnvironment === "simulator" ? simulatorUrl : bases[dokuEnvironment];
  const dokuBaseUrl = env.DOKU_BASE_URL ?? ownBase;
  const simulated = dokuEnvironment === "simulator";
  const simulatorOrigins = simulated ? [new URL(dokuBaseUrl).origin] : [];
  return {
    dokuEnvironment,
    livemode: dokuEnvironment === "production",
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
    notificationPath: toPath(env.DOKU_NOTIFICATION_URL ?? ownPaths.notifications),
    inquiryPath: toPath(env.DOKU_INQUIRY_URL ?? ownPaths.inquiries),
    subAccount: env.DOKU_SUB_ACCOUNT,
    overrideNotificationUrl: env.DOKU_OVERRIDE_NOTIFICATION_URL,
    merchantName: env.MERCHANT_NAME,
    merchantContact: {
      phone: env.MERCHANT_PHONE,
      whatsapp: env.MERCHANT_WHATSAPP,
      email: env.MERCHANT_EMAIL,
    },
    smtp: toSmtp(env, dokuEnvironment === "production"),
    demoShop: env.DEMO_SHOP ?? simulated,
    cashierBarcode: env.CASHIER_BARCODE,
    returnAfterSeconds: env.RETURN_AFTER_SECONDS,
    invoicePrefix: env.INVOICE_PREFIX,
    simulatorUrl: simulated ? dokuBaseUrl : simulatorUrl,
    paymentDestinations: [...parseHosts(env.PAYMENT_HOSTS), ...simulatorOrigins],
    howToPayDestinations: [...dokuHosts, ...simulatorOrigins],
    demoOwner:
      simulated && env.DEMO_OWNER_EMAIL && env.DEMO_OWNER_PASSWORD
        ? { email: env.DEMO_OWNER_EMAIL, password: env.DEMO_OWNER_PASSWORD }
        : undefined,
    example: simulated ? toExample(env) : undefined,
    sessionSecret: env.SESSION_SECRET,
    reconcileInApp: env.RECONCILE_IN_APP,
    trustedProxies: env.TRUSTED_PROXIES,
    ordersPerMinute: env.ORDERS_PER_MINUTE,
    paymentsPerMinute: env.PAYMENTS_PER_MINUTE,
    paymentsPerHour: env.PAYMENTS_PER_HOUR,
    apiCallsPerMinute: env.API_CALLS_PER_MINUTE,
    inquiriesPerMinute: env.DIRECT_INQUIRIES_PER_MINUTE,
    inquiryClockMinutes: env.DIRECT_INQUIRY_CLOCK_MINUTES,
  };
}

const toSmtp = (env: Environment, livemode: boolean): Settings["smtp"] =>
  env.SMTP_URL && env.SMTP_FROM
    ? toSmtpSettings({
        ...{ url: env.SMTP_URL, from: env.SMTP_FROM, livemode },
        ...{ merchantName: env.MERCHANT_NAME, replyTo: env.MERCHANT_EMAIL },
      })
    : undefined;

function toExample({
  EXAMPLE_SHOP_URL: shopUrl,
  EXAMPLE_API_KEY: apiKey,
  EXAMPLE_WEBHOOK_SECRET: webhookSecret,
}: Environment): Settings["example"] {
  return shopUrl && apiKey && webhookSecret ? { shopUrl, apiKey, webhookSecret } : undefined;
}

declare global {
  /** Next loads this module several times in one process; the settings are read once. */
  var kodeBayarSettings: Settings | undefined;
}

/** The settings of this process. @throws with all problems in its message when they are wrong */
export function getSettings(): Settings {
  if (globalThis.kodeBayarSettings) return globalThis.kodeBayarSettings;
  const read = parseSettings(process.env);
  if (read.outcome === "wrong") throw new Error(`Settings are wrong:\n${read.problems.join("\n")}`);
  return (globalThis.kodeBayarSettings = read.settings);
}
