import { z } from "zod";
import { defaultSettings } from "./default-settings";
import type { SimulatorOptions } from "./start-simulator";

const list = (initial: readonly string[]) =>
  z
    .string()
    .default(initial.join(","))
    .transform((text) => text.split(",").map((part) => part.trim()))
    .pipe(z.array(z.string().regex(/^\d{4,20}$/)));
const Url = z.url({ protocol: /^https?$/ });

const Environment = z.object({
  SIMULATOR_PORT: z.coerce.number().int().min(0).max(65_535).default(4010),
  SIMULATOR_HOST: z.string().default("127.0.0.1"),
  SIMULATOR_CLIENT_ID: z.string().default(defaultSettings.clientId),
  SIMULATOR_SECRET_KEY: z.string().default(defaultSettings.secretKey),
  SIMULATOR_NOTIFICATION_URL: Url.default(defaultSettings.notificationUrl),
  SIMULATOR_INQUIRY_URL: Url.default(defaultSettings.inquiryUrl),
  SIMULATOR_PUBLIC_URL: Url.optional(),
  SIMULATOR_STATE_FILE: z.string().optional(),
  SIMULATOR_WEBHOOK_SECRET: z.string().startsWith("whsec_").optional(),
  SIMULATOR_DIPC_BINS: list(defaultSettings.dipcBins),
  SIMULATOR_MGPC_BINS: list(defaultSettings.mgpcBins),
});

/** Throws a ZodError that names what is malformed. A variable set to nothing counts as unset. */
export function parseEnvironment(environment: Record<string, string | undefined>): SimulatorOptions {
  const given = Object.entries(environment).filter(([, value]) => value !== undefined && value !== "");
  const read = Environment.parse(Object.fromEntries(given));
  return {
    port: read.SIMULATOR_PORT,
    host: read.SIMULATOR_HOST,
    clientId: read.SIMULATOR_CLIENT_ID,
    secretKey: read.SIMULATOR_SECRET_KEY,
    notificationUrl: read.SIMULATOR_NOTIFICATION_URL,
    inquiryUrl: read.SIMULATOR_INQUIRY_URL,
    dipcBins: read.SIMULATOR_DIPC_BINS,
    mgpcBins: read.SIMULATOR_MGPC_BINS,
    webhookSecret: read.SIMULATOR_WEBHOOK_SECRET,
    ...(read.SIMULATOR_PUBLIC_URL === undefined ? {} : { publicUrl: read.SIMULATOR_PUBLIC_URL }),
    ...(read.SIMULATOR_STATE_FILE === undefined ? {} : { stateFile: read.SIMULATOR_STATE_FILE }),
  };
}
