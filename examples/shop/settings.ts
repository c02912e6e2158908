import { z } from "zod";

const Settings = z.object({
  /** Where this shop answers. */
  PORT: z.coerce.number().int().min(1).max(65_535).default(4020),
  HOST: z.string().default("127.0.0.1"),
  /** Its own address, as buyers reach it. */
  SHOP_URL: z.url().optional(),
  /** The checkout's API, for example https://bayar.toko.example/api/v1 */
  API_URL: z.url().default("http://localhost:3000/api/v1"),
  API_KEY: z.string().min(1),
  /** `whsec_…`, from the page of the webhook endpoint in the dashboard. */
  WEBHOOK_SECRET: z.string().startsWith("whsec_"),
  /** The file that keeps the orders. */
  ORDERS_FILE: z.string().default("orders.json"),
});

export type Settings = {
  port: number;
  host: string;
  shopUrl: string;
  apiUrl: string;
  apiKey: string;
  webhookSecret: string;
  ordersFile: string;
};

/** @throws a ZodError that names every wrong setting */
export function parseSettings(env: Record<string, string | undefined>): Settings {
  const read = Settings.parse(env);
  return {
    port: read.PORT,
    host: read.HOST,
    shopUrl: (read.SHOP_URL ?? `http://localhost:${read.PORT}`).replace(/\/+$/, ""),
    apiUrl: read.API_URL.replace(/\/+$/, ""),
    apiKey: read.API_KEY,
    webhookSecret: read.WEBHOOK_SECRET,
    ordersFile: read.ORDERS_FILE,
  };
}
