import { describe, expect, test } from "vitest";
import { savePayment } from "@/db/queries/payments";
import { aPayment, codeNaming } from "@/test/context";
import { context, database, setupTestContext } from "@/test/setup-context";
import { loadView } from "../checkout/load-order";

setupTestContext();

describe("DOKU's page about a code", () => {
  const naming = (info: Record<string, string>) =>
    context.answers.push((request) => codeNaming(info, request, context.deps.now()));
  const page = "https://sandbox.doku.com/how-to-pay/v2/alfa-online-to-offline/6059/token";
  const api = "https://api-sandbox.doku.com/alfa-online-to-offline/v2/how-to-pay-api/6059/token";

  test("is linked at DOKU's hosts", async () => {
    naming({ how_to_pay_page: page, how_to_pay_api: api });
    const payment = await aPayment(context);
    expect(payment).toMatchObject({ howToPayPage: page, howToPayApi: api });
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ howToPayPage: page });
  });

  test.each([
    "https://sandbox.doku.com.evil.example/token",
    "https://evil.example/?at=sandbox.doku.com",
    "https://sandbox.doku.com:8443/token",
    "http://localhost:4010/how-to-pay/token",
  ])("is not linked, and its steps are not fetched, at %s", async (address) => {
    const logged: unknown[] = [];
    context.deps.log = (level, event, details) => logged.push([level, event, details]);
    naming({ how_to_pay_page: address, how_to_pay_api: address });
    const payment = await aPayment(context);
    expect(payment).toMatchObject({ status: "awaiting_payment", howToPayPage: null, howToPayApi: null });
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ howToPayPage: undefined });
    const { invoiceNumber: invoice } = payment;
    const { host } = new URL(address);
    expect(logged).toEqual([
      ["warn", "how_to_pay_host_refused", { invoice, what: "page", host }],
      ["warn", "how_to_pay_host_refused", { invoice, what: "api", host }],
    ]);
    expect(JSON.stringify(logged)).not.toContain("token");
  });

  test("is not linked when an earlier release stored another host", async () => {
    const payment = await aPayment(context);
    const howToPayPage = "https://evil.example/token";
    await database.db.transaction((tx) => savePayment(tx, payment.id, { howToPayPage }));
    expect(await loadView(context.deps, payment.orderId)).toMatchObject({ howToPayPage: undefined });
  });
});
