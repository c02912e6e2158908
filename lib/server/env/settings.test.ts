import { describe, expect, test } from "vitest";
import { channels } from "@/lib/channels/registry";
import { ChannelId } from "@/lib/payment/payment";
import { parseSettings } from "./settings";

const live = {
  DOKU_ENVIRONMENT: "production",
  DOKU_CLIENT_ID: "BRN-0001",
  DOKU_SECRET_KEY: "SK-secret-of-a-shop-0123",
  APP_URL: "https://shop.example",
  DATABASE_URL: "postgres://app@db/shop?sslmode=require",
  SESSION_SECRET: "0f3c9a7e5b1d8642-0f3c9a7e5b1d8642",
};
const read = (env: Record<string, string | undefined>) => {
  const settings = parseSettings(env);
  if (settings.outcome === "wrong") throw new Error(settings.problems.join("\n"));
  return settings.settings;
};
const problems = (env: Record<string, string | undefined>) => {
  const settings = parseSettings(env);
  return settings.outcome === "wrong" ? settings.problems.join("\n") : "none";
};

describe("parseSettings", () => {
  test("uses the embedded database, the simulator and its keys when nothing is set", () => {
    expect(read({})).toMatchObject({
      dokuEnvironment: "simulator",
      dokuBaseUrl: "http://localhost:4010",
      appUrl: "http://localhost:3000",
      databaseUrl: undefined,
      notificationPath: "/api/doku/notifications",
      keys: { clientId: "MCH-0001-10791114622547" },
      ordersPerMinute: 30,
      paymentsPerMinute: 5,
      paymentsPerHour: 20,
      inquiriesPerMinute: 10,
      inquiryClockMinutes: 0,
    });
  });

  test("switches Indomaret and DOKU's features on with the simulator and off elsewhere", () => {
    const listCodeKinds = (env: Record<string, string>) => {
      const { features } = read(env);
      return ["alfa", "indomaret", "indodana"].map((id) => features[ChannelId.parse(id)]?.codeKinds);
    };
    expect(read({}).channels).toMatchObject({ indomaret: { enabled: true } });
    expect(read(live).channels).toMatchObject({ indomaret: { enabled: false }, alfa: { enabled: true } });
    expect(read({ ...live, INDOMARET_ENABLED: "true" }).channels).toMatchObject({
      indomaret: { enabled: true },
    });
    for (const { id, defaults, onWithSimulator } of channels) {
      expect(read({}).channels[id]?.enabled, id).toBe(defaults.enabled || onWithSimulator);
      expect(read(live).channels[id]?.enabled, id).toBe(defaults.enabled);
    }
    expect(listCodeKinds({})).toEqual([["dgpc", "mgpc", "dipc"], ["dgpc"], []]);
    expect(listCodeKinds(live)).toEqual([["dgpc"], ["dgpc"], []]);
    expect(read(live)).toMatchObject({ shares: undefined, subAccount: undefined });
  });

  test("takes the paths for DOKU's messages from their addresses, and an override only with the same path", () => {
    const given = {
      ...live,
      DOKU_INQUIRY_URL: "https://pay.example/doku/ask",
      DOKU_NOTIFICATION_URL: "https://pay.example/doku/tell",
      DOKU_OVERRIDE_NOTIFICATION_URL: "https://other.example/doku/tell",
      DOKU_SUB_ACCOUNT: "SAC-0001",
    };
    expect(read(given)).toMatchObject({
      inquiryPath: "/doku/ask",
      notificationPath: "/doku/tell",
      overrideNotificationUrl: "https://other.example/doku/tell",
      subAccount: "SAC-0001",
    });
    const elsewhere = "https://other.example/doku/elsewhere";
    expect(problems({ ...given, DOKU_OVERRIDE_NOTIFICATION_URL: elsewhere })).toContain(
      "DOKU_OVERRIDE_NOTIFICATION_URL must have the path of DOKU_NOTIFICATION_URL",
    );
    expect(problems({ ...given, DOKU_INQUIRY_URL: "https://pay.example/doku/ask?a=b" })).toContain(
      "DOKU_INQUIRY_URL must have no query",
    );
  });

  test("uses DOKU's address in production, and allows no redirect to a simulator there", () => {
    const settings = read(live);
    expect(settings.dokuBaseUrl).toBe("https://api.doku.com");
    expect(settings.paymentDestinations).toEqual(channels.flatMap(({ paymentHosts }) => paymentHosts));
    expect(settings.howToPayDestinations).toEqual(["doku.com", ".doku.com"]);
    expect(settings.demoOwner).toBeUndefined();
  });

  test("takes payment steps from DOKU's hosts, and in try-it mode from the simulator", () => {
    expect(read({}).howToPayDestinations).toEqual(["doku.com", ".doku.com", "http://localhost:4010"]);
    const elsewhere = { DOKU_BASE_URL: "http://127.0.0.1:4999/" };
    expect(read(elsewhere).howToPayDestinations).toContain("http://127.0.0.1:4999");
    expect(read({ ...live, DOKU_BASE_URL: "https://proxy.example" }).howToPayDestinations).toEqual([
      "doku.com",
      ".doku.com",
    ]);
  });

  test("has the demo shop with the simulator, and elsewhere only where it is asked for", () => {
    expect(read({}).demoShop).toBe(true);
    expect(read({ DEMO_SHOP: "false" }).demoShop).toBe(false);
    expect(read(live).demoShop).toBe(false);
    expect(read({ ...live, DEMO_SHOP: "true" }).demoShop).toBe(true);
  });

  test("takes the merchant's contact as people write it, and each only where it is set", () => {
    expect(read({}).merchantContact).toEqual({ phone: undefined, whatsapp: undefined, email: undefined });
    const given = {
      MERCHANT_PHONE: "(021) 555-0123",
      MERCHANT_WHATSAPP: "0812-3456-7890",
      MERCHANT_EMAIL: "halo@toko.example",
    };
    expect(read(given).merchantContact).toEqual({
      phone: "(021) 555-0123",
      whatsapp: "6281234567890",
      email: "halo@toko.example",
    });
  });

  test("lets a paid page go back after eight seconds, another time, or never", () => {
    const listSeconds = [{}, { RETURN_AFTER_SECONDS: "0" }, { RETURN_AFTER_SECONDS: "30" }].map(
      (env) => read(env).returnAfterSeconds,
    );
    expect(listSeconds).toEqual([8, 0, 30]);
  });

  test("reports everything that is missing at once", () => {
    const said = problems({ DOKU_ENVIRONMENT: "production" });
    for (const name of ["DOKU_CLIENT_ID", "DOKU_SECRET_KEY", "APP_URL", "SESSION_SECRET", "DATABASE_URL"]) {
      expect(said).toContain(name);
    }
  });

  test("never uses DOKU's credentials with the simulator", () => {
    expect(problems({ DOKU_CLIENT_ID: "BRN-1", DOKU_SECRET_KEY: "SK-1" })).toContain(
      "DOKU_ENVIRONMENT must be",
    );
    expect(problems({ DOKU_ENVIRONMENT: "simulator", DOKU_SECRET_KEY: "SK-1" })).toContain(
      "DOKU_ENVIRONMENT must be",
    );
  });

  test.each([
    [{ PORT: "80000" }, "PORT"],
    [{ APP_URL: "shop.example" }, "APP_URL"],
    [{ APP_URL: "https://shop.example/path" }, "APP_URL"],
    [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL"],
    [{ INVOICE_PREFIX: "kb_1" }, "INVOICE_PREFIX"],
    [{ DOKU_NOTIFICATION_URL: "https://shop.example/n?shop=1" }, "DOKU_NOTIFICATION_URL"],
    [{ ALFA_MAX_AMOUNT: "12.5" }, "ALFA_MAX_AMOUNT"],
    [{ ALFA_MIN_AMOUNT: "3000000" }, "ALFA_MIN_AMOUNT"],
    [{ INDODANA_EXPIRES_IN_MINUTES: "0" }, "INDODANA_EXPIRES_IN_MINUTES"],
    [{ INDOMARET_ENABLED: "yes" }, "INDOMARET_ENABLED"],
    [{ PAYMENTS_PER_MINUTE: "0" }, "PAYMENTS_PER_MINUTE"],
    [{ PAYMENTS_PER_HOUR: "many" }, "PAYMENTS_PER_HOUR"],
    [{ ORDERS_PER_MINUTE: "1.5" }, "ORDERS_PER_MINUTE"],
    [{ DOKU_NOTIFICATION_URL: "https://shop.example" }, "DOKU_NOTIFICATION_URL must have a path"],
    [{ DOKU_INQUIRY_URL: "https://shop.example/" }, "DOKU_INQUIRY_URL must have a path"],
    [{ PAYMENT_HOSTS: ".com" }, "PAYMENT_HOSTS"],
    [{ PAYMENT_HOSTS: "pay.example.com,.co.id" }, "PAYMENT_HOSTS"],
    [{ PAYMENT_HOSTS: "pay.example.com; script-src *" }, "PAYMENT_HOSTS"],
    [{ PAYMENT_HOSTS: "https://pay.example.com" }, "PAYMENT_HOSTS"],
    [{ SESSION_SECRET: "x".repeat(40) }, "SESSION_SECRET must be random"],
    [{ DATABASE_TLS: "no" }, "DATABASE_TLS"],
    [{ DEMO_SHOP: "yes" }, "DEMO_SHOP"],
    [{ RETURN_AFTER_SECONDS: "-1" }, "RETURN_AFTER_SECONDS"],
    [{ RETURN_AFTER_SECONDS: "soon" }, "RETURN_AFTER_SECONDS"],
    [{ MERCHANT_WHATSAPP: "+1 212 555 0123" }, "MERCHANT_WHATSAPP takes an Indonesian number"],
    [{ MERCHANT_PHONE: "call us" }, "MERCHANT_PHONE takes a phone number"],
    [{ MERCHANT_EMAIL: "halo" }, "MERCHANT_EMAIL takes an e-mail address"],
    [
      { ...live, DOKU_ENVIRONMENT: "sandbox", DOKU_SECRET_KEY: "SK-SimulatorOnly0123456789" },
      "DOKU_SECRET_KEY is",
    ],
    [{ ...live, DOKU_SECRET_KEY_PREVIOUS: "SK-SimulatorOnly0123456789" }, "DOKU_SECRET_KEY_PREVIOUS is"],
    [{ ...live, DOKU_SECRET_KEY: "S" }, "DOKU_SECRET_KEY is too short"],
    [{ ...live, APP_URL: "http://shop.example" }, "APP_URL must be https"],
    [{ ...live, DOKU_BASE_URL: "http://api.doku.com" }, "DOKU_BASE_URL must be https"],
    [{ ...live, DOKU_NOTIFICATION_URL: "http://shop.example/n" }, "DOKU_NOTIFICATION_URL must be https"],
    [{ ...live, DOKU_INQUIRY_URL: "http://shop.example/i" }, "DOKU_INQUIRY_URL must be https"],
    [
      { ...live, DOKU_OVERRIDE_NOTIFICATION_URL: "http://shop.example/api/doku/notifications" },
      "DOKU_OVERRIDE_NOTIFICATION_URL must be https",
    ],
    [
      { ...live, DATABASE_URL: "postgres://app@db.example/shop" },
      "DATABASE_URL names another machine without TLS",
    ],
    [{ ...live, DATABASE_URL: "postgres://app@10.0.0.5/shop?sslmode=disable" }, "DATABASE_URL names"],
    [
      { ...live, DATABASE_OWNER_URL: "postgres://owner@db.example/shop?sslmode=prefer" },
      "DATABASE_OWNER_URL names",
    ],
  ])("names malformed settings: %j", (env, name) => {
    expect(problems(env)).toContain(name);
  });

  test.each([
    { DATABASE_URL: "postgres://app@localhost/shop" },
    { DATABASE_URL: "postgres://app@127.0.0.1:5433/shop" },
    { DATABASE_URL: "postgres://app@[::1]/shop" },
    { DATABASE_URL: "postgres://app@localhost/shop?host=/var/run/postgresql" },
    { DATABASE_URL: "postgres://app@db.example/shop?sslmode=verify-full" },
    { DATABASE_URL: "postgres://app@db/shop", DATABASE_TLS: "none" },
    { PAYMENT_HOSTS: "pay.example.com, .example.co.id" },
  ])("accepts safe settings of production: %j", (env) => {
    expect(problems({ ...live, ...env })).toBe("none");
  });

  test("never repeats a secret in a problem", () => {
    expect(problems({ ...live, SESSION_SECRET: "short-canary", DOKU_CLIENT_ID: "bad id" })).not.toContain(
      "canary",
    );
  });

  test("sets the limits of each channel, and keeps the protocol's defaults for the rest", () => {
    const settings = read({ ALFA_MAX_AMOUNT: "5000000", INDOMARET_ENABLED: "false" });
    expect(settings.channels).toMatchObject({
      alfa: { min: 10_000, max: 5_000_000, expiresInMinutes: 60, enabled: true },
      indomaret: { max: 5_000_000, enabled: false },
      indodana: { max: 25_000_000 },
    });
  });

  test("ignores empty values of an .env file", () => {
    expect(read({ APP_URL: "", DATABASE_URL: " " }).databaseUrl).toBeUndefined();
  });

  test("takes the path of the notification address, whatever its host", () => {
    expect(read({ ...live, DOKU_NOTIFICATION_URL: "https://hooks.example/doku/in" }).notificationPath).toBe(
      "/doku/in",
    );
  });
});
