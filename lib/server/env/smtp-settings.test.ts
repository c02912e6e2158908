import { describe, expect, test } from "vitest";
import { parseSettings } from "./settings";

const from = "Toko Senja <pesanan@toko.example>";
const live = {
  ...{
    DOKU_ENVIRONMENT: "production",
    DOKU_CLIENT_ID: "BRN-0001",
    DOKU_SECRET_KEY: "SK-secret-of-a-shop-0123",
  },
  ...{ APP_URL: "https://shop.example", DATABASE_URL: "postgres://app@db/shop?sslmode=require" },
  SESSION_SECRET: "0f3c9a7e5b1d8642-0f3c9a7e5b1d8642",
};

const parse = (env: Record<string, string>) => {
  const parsed = parseSettings(env);
  return parsed.outcome === "wrong" ? parsed.problems.join("\n") : parsed.settings.smtp;
};

describe("the settings of the mail server", () => {
  test("are off by default", () => {
    expect(parse({})).toBeUndefined();
  });

  test("give host, port, user, password and sender", () => {
    const url = "smtps://pesanan%40toko.example:p%2Fss%25@mail.example";
    expect(parse({ SMTP_URL: url, SMTP_FROM: from, MERCHANT_EMAIL: "halo@toko.example" })).toEqual({
      ...{ host: "mail.example", port: 465, secure: true, startTls: "offered" },
      ...{ user: "pesanan@toko.example", password: "p/ss%" },
      ...{ from: { name: "Toko Senja", address: "pesanan@toko.example" }, replyTo: "halo@toko.example" },
    });
  });

  test("name the merchant where the sender is an address alone", () => {
    expect(parse({ SMTP_URL: "smtp://mail.example:2525", SMTP_FROM: "a@toko.example" })).toMatchObject({
      ...{ port: 2525, user: undefined, from: { name: "Toko Senja", address: "a@toko.example" } },
    });
  });

  test.each([
    [live, "smtp://u:p@mail.example", "required"],
    [live, "smtp://127.0.0.1:25", "never"],
    [live, "smtp://127.0.0.1.evil.example", "required"],
    [{}, "smtp://u:p@mail.example", "offered"],
  ])("demand encryption in production, but on this machine: %#", (env, url, startTls) => {
    expect(parse({ ...env, SMTP_URL: url, SMTP_FROM: from })).toMatchObject({ startTls });
  });

  test.each([
    [{ SMTP_URL: "smtp://mail.example" }, "SMTP_URL and SMTP_FROM go together"],
    [{ SMTP_FROM: from }, "SMTP_URL and SMTP_FROM go together"],
    [{ SMTP_URL: "https://mail.example", SMTP_FROM: from }, "SMTP_URL must begin with smtp://"],
    [{ SMTP_URL: "smtp://mail.example/x", SMTP_FROM: from }, "SMTP_URL must be scheme, user"],
    [{ SMTP_URL: "smtp://u:100%@mail.example", SMTP_FROM: from }, "SMTP_URL holds a %"],
    [{ SMTP_URL: "smtp://mail.example", SMTP_FROM: "Toko Senja" }, "SMTP_FROM takes an e-mail address"],
    [{ SMTP_URL: "smtp://mail.example", SMTP_FROM: "A\r\nBcc: <b@c.example>" }, "SMTP_FROM takes"],
    [{ SMTP_URL: "smtp://mail.example", SMTP_FROM: "a@b.example, c@d.example" }, "SMTP_FROM takes"],
  ])("report the problem with %j", (env: Record<string, string>, sentence) => {
    expect(parse(env)).toContain(sentence);
  });
});
