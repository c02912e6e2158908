import "server-only";
import { z } from "zod";
import type { ChannelFeatures, ChannelLimits } from "@/lib/channels/channel";
import { channels } from "@/lib/channels/registry";
import type { DokuKeys } from "@/lib/doku/keys";
import type { ChannelId } from "@/lib/payment/payment";
import type { Share } from "@/lib/payment/settlement";
import { parseFeatures, parseShares } from "./feature-settings";
import { parseLimits } from "./limit-settings";

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
  /** Hosts that a shopper may be redirected to for paying. */
  paymentDestinations: string[];
  channels: Record<ChannelId, ChannelLimits>;
  features: Record<ChannelId, ChannelFeatures>;
  shares: readonly Share[] | undefined;
  subAccount: string | undefined;
  overrideNotificationUrl: string | undefined;
  demoOwner: { email: string; password: string } | undefined;
  sessionSecret: string | undefined;
  /** Off when `npm run worker` reconciles. */
  reconcileInApp: boolean;
  /** Limits for one client. */
  ordersPerMinute: number;
  paymentsPerMinute: number;
  paymentsPerHour: number;
};

export type ReadSettings = { outcome: "read"; settings: Settings } | { outcome: "wrong"; problems: string[] };

const bases = { sandbox: "https://api-sandbox.doku.com", production: "https://api.doku.com" } as const;

/** The simulator's credentials: public on purpose, and useless elsewhere. */
const simulatorKeys = { clientId: "MCH-0001-10791114622547", secret: "SK-SimulatorOnly0123456789" };

const text = z.string().trim().min(1);
const port = z.coerce.number().int().min(1).max(65_535);
const limitNumber = z.coerce.number().int().min(1).max(10_000);
const flag = z.enum(["true", "false"]).transform((value) => value === "true");
/** Scheme and host only: a path would become part of a signed path. */
const baseUrl = z
  .url({ protocol: /^https?$/, error: "must be an http(s) address" })
  .transform((value) => value.replace(/\/+$/, ""))
  .refine(
    (value) => new URL(value).pathname === "/" && !/[?#]/.test(value),
    "must be scheme, host and port alone",
  );

const ownAddress = z.url({ protocol: /^https?$/ });
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: "must begin with postgres://" });

const Environment = z.object({
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  EMBEDDED_DATABASE: text.default(".data/database"),
  PREPARED_STATEMENTS: flag.default(true),
  APP_URL: baseUrl.optional(),
  PORT: port.default(3000),
  SIMULATOR_PORT: port.default(4010),
  DOKU_ENVIRONMENT: z.enum(["simulator", "sandbox", "production"]).optional(),
  DOKU_BASE_URL: baseUrl.optional(),
  DOKU_CLIENT_ID: text.regex(/^[\x21-\x7e]{1,128}$/, "holds characters that no Client-Id has").optional(),
  DOKU_SECRET_KEY: text.optional(),
  DOKU_SECRET_KEY_PREVIOUS: text.optional(),
  DOKU_NOTIFICATION_URL: ownAddress.optional(),
  DOKU_INQUIRY_URL: ownAddress.optional(),
  DOKU_OVERRIDE_NOTIFICATION_URL: ownAddress.optional(),
  DOKU_SUB_ACCOUNT: text.regex(/^[\x21-\x7e]{1,64}$/, "holds characters that no account has").optional(),
  MERCHANT_NAME: text.max(30).default("Toko Senja"),
  INVOICE_PREFIX: z
    .string()
    .regex(/^[A-Z0-9]{1,12}$/, "takes 1 to 12 capital letters and digits")
    .default("KB"),
  PAYMENT_HOSTS: z.string().default(channels.flatMap(({ paymentHosts }) => paymentHosts).join(",")),
  SESSION_SECRET: z.string().min(32, "needs at least 32 characters").optional(),
  RECONCILE_IN_APP: flag.default(true),
  /** Also read in log.ts, which writes before the settings are parsed. */
  LOG_LEVEL: z.enum(["error", "warn", "info", "debug"]).default("info"),
  ORDERS_PER_MINUTE: limitNumber.default(30),
  PAYMENTS_PER_MINUTE: limitNumber.default(5),
  PAYMENTS_PER_HOUR: limitNumber.default(20),
  DEMO_OWNER_EMAIL: z.email().optional(),
  DEMO_OWNER_PASSWORD: z.string().min(8).optional(),
});
type Environment = z.infer<typeof Environment>;

/** Settings that belong to no channel and no feature of DOKU. */
export const generalSettings = Object.keys(Environment.shape);

/** Parses all settings and reports all problems, not only the first. */
export function readSettings(env: Record<string, string | undefined>): ReadSettings {
  // An empty line in an .env file means "not set".
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = Environment.safeParse(given);
  const isSimulated = (given.DOKU_ENVIRONMENT ?? "simulator") === "simulator";
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

const toWrong = (problems: string[]): ReadSettings => ({ outcome: "wrong", problems });
const toSentence = ({ path, message }: z.core.$ZodIssue): string => `${path.join(".")} ${message}`;

const getEnvironment = (env: Environment) => env.DOKU_ENVIRONMENT ?? "simulator";

/** Settings that are valid each but not together. */
function findConflicts(env: Environment): string[] {
  const environment = getEnvironment(env);
  const live = environment !== "simulator";
  const production = environment === "production";
  const rules: [boolean, string][] = [
    [live && !env.DOKU_CLIENT_ID, `DOKU_CLIENT_ID is needed for ${environment}: it is in DOKU's Back Office`],
    [
      live && !env.DOKU_SECRET_KEY,
      `DOKU_SECRET_KEY is needed for ${environment}: it is in DOKU's Back Office`,
    ],
    [
      live && !env.APP_URL,
      `APP_URL is needed for ${environment}: the address at which shoppers and DOKU reach this shop`,
    ],
    [
      live && !env.SESSION_SECRET,
      `SESSION_SECRET is needed for ${environment}: 32 or more random characters`,
    ],
    [
      !live && Boolean(env.DOKU_CLIENT_ID ?? env.DOKU_SECRET_KEY),
      "DOKU_ENVIRONMENT must be sandbox or production when DOKU's credentials are set: they are never shown to the simulator",
    ],
    [
      production && !env.DATABASE_URL,
      "DATABASE_URL is needed for production: the embedded database survives no power cut",
    ],
    [
      Boolean(env.DATABASE_OWNER_URL) && !env.DATABASE_URL,
      "DATABASE_OWNER_URL goes with DATABASE_URL: it is another user of the same database",
    ],
    [production && !env.APP_URL?.startsWith("https:"), "APP_URL must be https in production"],
    ...(["DOKU_NOTIFICATION_URL", "DOKU_INQUIRY_URL", "DOKU_OVERRIDE_NOTIFICATION_URL"] as const).map(
      (name): [boolean, string] => [
        new URL(env[name] ?? "http://localhost").search !== "",
        `${name} must have no query: DOKU signs the path alone`,
      ],
    ),
    [
      env.DOKU_OVERRIDE_NOTIFICATION_URL !== undefined &&
        toPath(env.DOKU_OVERRIDE_NOTIFICATION_URL) !==
          toPath(env.DOKU_NOTIFICATION_URL ?? ownPaths.notifications),
      "DOKU_OVERRIDE_NOTIFICATION_URL must have the path of DOKU_NOTIFICATION_URL: DOKU takes another host alone",
    ],
  ];
  return rules.flatMap(([broken, sentence]) => (broken ? [sentence] : []));
}

/** Default paths for DOKU's messages. */
export const ownPaths = { notifications: "/api/doku/notifications", inquiries: "/api/doku/inquiries" };
const toPath = (address: string): string => new URL(address, "http://localhost").pathname;

function toSettings(env: Environment): Omit<Settings, "channels" | "features" | "shares"> {
  const dokuEnvironment = getEnvironment(env);
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
      current: env.DOKU_SECRET_KEY ?? simulatorKeys.secret,
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
    invoicePrefix: env.INVOICE_PREFIX,
    simulatorUrl: simulated ? dokuBaseUrl : simulatorUrl,
    paymentDestinations: [
      ...env.PAYMENT_HOSTS.split(",").map((host) => host.trim()),
      ...(simulated ? [new URL(dokuBaseUrl).origin] : []),
    ].filter((host) => host !== ""),
    demoOwner:
      simulated && env.DEMO_OWNER_EMAIL && env.DEMO_OWNER_PASSWORD
        ? { email: env.DEMO_OWNER_EMAIL, password: env.DEMO_OWNER_PASSWORD }
        : undefined,
    sessionSecret: env.SESSION_SECRET,
    reconcileInApp: env.RECONCILE_IN_APP,
    ordersPerMinute: env.ORDERS_PER_MINUTE,
    paymentsPerMinute: env.PAYMENTS_PER_MINUTE,
    paymentsPerHour: env.PAYMENTS_PER_HOUR,
  };
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
