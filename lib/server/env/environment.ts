import "server-only";
import { z } from "zod";
import { toIndonesianPhone } from "@/lib/channels/contact";
import { channels } from "@/lib/channels/registry";
import { parseTrustedProxies } from "../limits/trusted-proxies";
import { SmtpFrom, SmtpUrl } from "./smtp-settings";

/** The simulator's own credentials: public on purpose, and good for nothing else. */
export const simulatorKeys = { clientId: "MCH-0001-10791114622547", secret: "SK-SimulatorOnly0123456789" };

const text = z.string().trim().min(1);
const port = z.coerce.number().int().min(1).max(65_535);
const howMany = z.coerce.number().int().min(1).max(10_000);
const offOrHowMany = z.coerce.number().int().min(0).max(10_000);
/** `true` or `false` as a setting. */
export const flag = z.enum(["true", "false"]).transform((value) => value === "true");
/** Scheme and host alone: what stands after them would become part of a signed path. */
const baseUrl = z
  .url({ protocol: /^https?$/, error: "must be an http(s) address" })
  .transform((value) => value.replace(/\/+$/, ""))
  .refine(
    (value) => new URL(value).pathname === "/" && !/[?#]/.test(value),
    "must be scheme, host and port alone",
  );

/** Where DOKU calls us: with a path, because a page that answers 200 in its place would swallow DOKU's messages. */
const callbackUrl = z
  .url({ protocol: /^https?$/, error: "must be an http(s) address", abort: true })
  .refine((value) => new URL(value).search === "", "must have no query: DOKU signs the path alone")
  .refine((value) => toPath(value) !== "/", "must have a path, such as /api/doku/notifications");
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: "must begin with postgres://" });

export const Environment = z.object({
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  DATABASE_TLS: z.enum(["required", "none"]).default("required"),
  EMBEDDED_DATABASE: text.default(".data/database"),
  PREPARED_STATEMENTS: flag.default(true),
  APP_URL: baseUrl.optional(),
  PORT: port.default(3000),
  /** Read by scripts/start.mjs, which starts the server. */
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, "must be an address or a name of this machine")
    .optional(),
  SIMULATOR_PORT: port.default(4010),
  DOKU_ENVIRONMENT: z.enum(["simulator", "sandbox", "production"]).optional(),
  DOKU_BASE_URL: baseUrl.optional(),
  DOKU_CLIENT_ID: text.regex(/^[\x21-\x7e]{1,128}$/, "holds characters that no Client-Id has").optional(),
  DOKU_SECRET_KEY: text.optional(),
  DOKU_SECRET_KEY_PREVIOUS: text.optional(),
  /** The simulator's, when it has one of its own; `npm start` makes one for each installation. */
  SIMULATOR_SECRET_KEY: text.optional(),
  DOKU_NOTIFICATION_URL: callbackUrl.optional(),
  DOKU_INQUIRY_URL: callbackUrl.optional(),
  DOKU_OVERRIDE_NOTIFICATION_URL: callbackUrl.optional(),
  DOKU_SUB_ACCOUNT: text.regex(/^[\x21-\x7e]{1,64}$/, "holds characters that no account has").optional(),
  MERCHANT_NAME: text.max(30).default("Toko Senja"),
  /** People write numbers of shops in many ways: a landline, a short number, with blanks. */
  MERCHANT_PHONE: text.regex(/^\+?[\d ().-]{3,30}$/, "takes a phone number").optional(),
  MERCHANT_WHATSAPP: z
    .string()
    .refine((value) => toIndonesianPhone(value) !== undefined, "takes an Indonesian number")
    .transform((value) => toIndonesianPhone(value))
    .optional(),
  MERCHANT_EMAIL: z.email("takes an e-mail address").optional(),
  SMTP_URL: SmtpUrl.optional(),
  SMTP_FROM: SmtpFrom.optional(),
  DEMO_SHOP: flag.optional(),
  CASHIER_BARCODE: flag.default(false),
  /** An hour at most: no page stays open for longer to go back. */
  RETURN_AFTER_SECONDS: z.coerce.number().int().min(0).max(3600).default(8),
  INVOICE_PREFIX: z
    .string()
    .regex(/^[A-Z0-9]{1,12}$/, "takes 1 to 12 capital letters and digits")
    .default("KB"),
  PAYMENT_HOSTS: z
    .string()
    .refine(
      (value) => parseHosts(value).every(isHostRule),
      "takes hosts such as pay.example.com or .example.com alone",
    )
    .default(channels.flatMap(({ paymentHosts }) => paymentHosts).join(",")),
  SESSION_SECRET: z
    .string()
    .min(32, "needs at least 32 characters")
    .refine((value) => new Set(value).size >= 10, "must be random: it repeats too few characters")
    .optional(),
  RECONCILE_IN_APP: flag.default(true),
  /** Read in log.ts, which writes before the settings are known. */
  LOG_LEVEL: z.enum(["error", "warn", "info", "debug"]).default("info"),
  TRUSTED_PROXIES: z
    .string()
    .default("1")
    .transform((value, context) => {
      const proxies = parseTrustedProxies(value);
      if (proxies !== undefined) return proxies;
      context.issues.push({
        code: "custom",
        message: "takes a number of proxies or their addresses",
        input: value,
      });
      return z.NEVER;
    }),
  ORDERS_PER_MINUTE: howMany.default(30),
  PAYMENTS_PER_MINUTE: howMany.default(5),
  PAYMENTS_PER_HOUR: howMany.default(20),
  API_CALLS_PER_MINUTE: z.coerce.number().int().min(1).max(1_000_000).default(600),
  DIRECT_INQUIRY_CLOCK_MINUTES: offOrHowMany.default(0),
  DIRECT_INQUIRIES_PER_MINUTE: offOrHowMany.default(10),
  DEMO_OWNER_EMAIL: z.email().optional(),
  DEMO_OWNER_PASSWORD: z.string().min(8).optional(),
  EXAMPLE_SHOP_URL: baseUrl.optional(),
  EXAMPLE_API_KEY: text.regex(/^kb_test_[A-Za-z0-9_-]{43}$/, "is no key of try-it mode").optional(),
  EXAMPLE_WEBHOOK_SECRET: text.regex(/^whsec_[A-Za-z0-9+/=]{24,}$/, "must begin with whsec_").optional(),
});
export type Environment = z.infer<typeof Environment>;

/** Where DOKU reaches us, unless settings say otherwise. */
export const ownPaths = { notifications: "/api/doku/notifications", inquiries: "/api/doku/inquiries" };

/** The path of a whole address, or of one that is a path alone. */
export function toPath(address: string): string {
  return new URL(address, "http://localhost").pathname;
}

/** The entries of a list with commas. */
export function parseHosts(list: string): string[] {
  return list
    .split(",")
    .map((host) => host.trim())
    .filter((host) => host !== "");
}

/**
 * A host, or with a leading dot all hosts below a domain. A domain that anybody can register names under (`.com`,
 * `.co.id`) would let a shopper be sent anywhere.
 */
function isHostRule(rule: string): boolean {
  if (!/^\.?[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?$/.test(rule)) return /^\.?localhost(:\d{1,5})?$/.test(rule);
  return !/^\.[a-z]{2,4}\.[a-z]{2}$/.test(rule);
}

/** Those that belong to no channel and no feature of DOKU's. */
export const generalSettings = Object.keys(Environment.shape);
