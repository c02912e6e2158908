import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { signMessage, toSecret } from "./sign";

const [oldSecret, secret] = [toSecret(new Uint8Array(24).fill(1)), toSecret(new Uint8Array(24).fill(2))];
const body = JSON.stringify({ type: "checkout_session.paid", data: { note: "Rp 92.000 ☕" } });
const sign = (secrets: string[], at = new Date()) => signMessage({ id: "evt_1", at, body }, secrets);

describe("a signed webhook", () => {
  test("is verified by the library of Standard Webhooks", () => {
    expect(new Webhook(secret).verify(body, sign([secret]))).toMatchObject({ type: "checkout_session.paid" });
  });

  test("is verified with the old and the new secret while one is replaced", () => {
    const headers = sign([secret, oldSecret]);
    for (const known of [secret, oldSecret])
      expect(() => new Webhook(known).verify(body, headers)).not.toThrow();
    expect(() => new Webhook(oldSecret).verify(body, sign([secret]))).toThrow();
  });

  test.each([
    ["another body", body.replace("92", "93"), {}],
    ["another id", body, { "webhook-id": "evt_2" }],
    ["another time", body, { "webhook-timestamp": String(Math.floor(Date.now() / 1000) + 200) }],
  ])("with %s is not verified", (_name, sent, change) => {
    expect(() => new Webhook(secret).verify(sent, { ...sign([secret]), ...change })).toThrow();
  });

  test("from ten minutes ago, sent once more by a stranger, is not verified", () => {
    const headers = sign([secret], new Date(Date.now() - 600_000));
    expect(() => new Webhook(secret).verify(body, headers)).toThrow();
  });
});
