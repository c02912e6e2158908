import { beforeEach, describe, expect, test } from "vitest";
import { OrderId } from "../payment/order-id";
import type { PaymentView } from "../payment/payment-view";
import { answerUnknown, answerView } from "./answer-view";

const view: PaymentView = {
  orderId: OrderId.parse("AAAAAAAAAAAAAAAAAAAAAA"),
  version: 1,
  amount: 92_000,
} as PaymentView;

const from = (client: string) =>
  new Request("http://shop.example/api/orders/x/status", { headers: { "x-forwarded-for": client } });
const requestView = (client: string, found: PaymentView | undefined) =>
  answerView(from(client), () => Promise.resolve(found));

beforeEach(() => void (globalThis.kodeBayarLimits = undefined));

describe("answerView", () => {
  test("answers 429 with Retry-After to more than sixty requests a minute for unknown orders", async () => {
    for (let guess = 0; guess < 60; guess++)
      expect((await requestView("guesser", undefined)).status).toBe(404);
    const refused = await requestView("guesser", undefined);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(50);
    expect(refused.headers.get("cache-control")).toBe("no-store");
    expect(answerUnknown(from("guesser")).status).toBe(429);
  });

  test("always answers for known orders, also to a limited client, and does not count them", async () => {
    for (let time = 0; time < 200; time++) expect((await requestView("shopper", view)).status).toBe(200);
    for (let guess = 0; guess < 100; guess++) await requestView("shopper", undefined);
    expect(await (await requestView("shopper", view)).json()).toEqual(view);
  });

  test("counts each client by itself", async () => {
    for (let guess = 0; guess < 100; guess++) await requestView("guesser", undefined);
    expect((await requestView("another client", undefined)).status).toBe(404);
  });
});
