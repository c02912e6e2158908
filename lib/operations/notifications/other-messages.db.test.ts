import { describe, expect, test } from "vitest";
import { findPayment } from "@/db/queries/payments";
import { reconcileDue } from "../reconciliation/reconcile-due";
import { loadView } from "../checkout/load-order";
import { aPayment, deliver, notificationBody, statusReply } from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";
import { count, findStatus, findVersion } from "@/test/stored";

setupTestContext();

describe("receiveNotification for another amount", () => {
  test.each([149_999, 275_501, 2_755_000, "275500.50", -275_500, 1e300, null, 2 ** 53])(
    "stores another amount, opens a case and marks nothing paid: %s",
    async (amount) => {
      const payment = await aPayment(context);
      const body = notificationBody(payment).replace(
        `"amount":${payment.amount}`,
        `"amount":${JSON.stringify(amount)}`,
      );
      expect(await deliver(context, body)).toEqual({ verdict: "amount_differs", reason: "amount_differs" });
      expect(await findStatus(payment.id)).toBe("awaiting_payment");
      expect(await count("receipts")).toBe(0);
      expect(await count("cases", "kind = 'amount_differs'")).toBe(1);
      expect(await loadView(context.deps, payment.orderId)).toMatchObject({ underReview: true });
    },
  );

  test.each(["275500", "275500.00", 275500.0])(
    "accepts the amount in another notation: %s",
    async (amount) => {
      const payment = await aPayment(context);
      expect(await deliver(context, notificationBody(payment, { amount }))).toMatchObject({
        verdict: "applied",
      });
    },
  );
});

describe("receiveNotification for FAILED", () => {
  test("ends an Indodana payment, which a later SUCCESS still marks paid", async () => {
    const payment = await aPayment(context, "indodana");
    expect(await deliver(context, notificationBody(payment, { status: "FAILED" }))).toMatchObject({
      verdict: "applied",
    });
    expect(await findPayment(database.db, payment.id)).toMatchObject({
      status: "failed",
      failureReason: "declined",
    });
    await deliver(context, notificationBody(payment));
    expect(await findStatus(payment.id)).toBe("paid");
  });

  test.each(["alfa", "indomaret"])("leaves a payment code payable after FAILED: %s", async (channel) => {
    const payment = await aPayment(context, channel);
    const received = await deliver(context, notificationBody(payment, { status: "FAILED" }));
    expect(received).toEqual({ verdict: "ignored", reason: "code_still_payable" });
    expect(await findStatus(payment.id)).toBe("awaiting_payment");
  });

  test("keeps a paid payment paid after FAILED", async () => {
    const payment = await aPayment(context, "indodana");
    await deliver(context, notificationBody(payment));
    expect(await deliver(context, notificationBody(payment, { status: "FAILED" }))).toMatchObject({
      verdict: "ignored",
    });
    expect(await findStatus(payment.id)).toBe("paid");
  });
});

describe("receiveNotification for a message without a valid signature", () => {
  test.each([
    ["wrong secret", { secret: "SK-forged" }],
    ["no signature", { headers: { Signature: undefined } }],
    ["another client", { headers: { "Client-Id": "MCH-0002" } }],
    ["a repeated header", { headers: { "Request-Id": "a, b" } }],
    ["the signature of other bytes", { headers: { Signature: `HMACSHA256=${"A".repeat(43)}=` } }],
  ])("changes nothing and is counted: %s", async (_, change) => {
    const payment = await aPayment(context);
    const version = await findVersion(payment);
    expect(await deliver(context, notificationBody(payment), change)).toMatchObject({ verdict: "rejected" });
    expect(await findStatus(payment.id)).toBe("awaiting_payment");
    expect(await findVersion(payment)).toBe(version);
    expect(await count("notifications")).toBe(0);
    expect(await count("unsigned_messages", "target = 'notifications' and count = 1")).toBe(1);
  });
});

describe("receiveNotification for a message without a payment", () => {
  test.each([
    [
      "an unknown invoice",
      notificationBody({ invoiceNumber: "KB-000000-XXXXXXXX", amount: 1 } as never),
      "unknown_invoice",
    ],
    [
      "an invoice in a form that is not ours",
      notificationBody({ invoiceNumber: "inv/1'; --", amount: 1 } as never),
      "unknown_invoice",
    ],
    ["no JSON", "not json \u0000", "not_json"],
    ["JSON without an invoice", '{"hello":"world"}', "no_invoice_number"],
  ])("stores a signed message whole as an orphan: %s", async (_, body, reason) => {
    expect(await deliver(context, body)).toEqual({ verdict: "orphan", reason });
    const kept = await database.db.query.notifications.findFirst();
    expect(Buffer.from(kept?.body ?? []).toString("utf8")).toBe(body);
  });
});

describe("receiveNotification for a stale message", () => {
  test.each([
    ["two days old", "2026-11-19T05:00:00Z"],
    ["an hour ahead", "2026-11-21T06:00:00Z"],
  ])("stores a stale message, and applies the status that DOKU confirms: %s", async (_, timestamp) => {
    const payment = await aPayment(context);
    const received = await deliver(context, notificationBody(payment), { timestamp });
    expect(received).toEqual({ verdict: "ignored", reason: "waits_for_check" });
    expect(await findStatus(payment.id)).toBe("awaiting_payment");
    context.status = () => statusReply(payment, "SUCCESS");
    context.advanceClock(1);
    await reconcileDue(context.deps);
    expect(await findStatus(payment.id)).toBe("paid");
  });

  test("applies a message that is twelve hours old at once, because it is DOKU's last try", async () => {
    const payment = await aPayment(context);
    const received = await deliver(context, notificationBody(payment), { timestamp: "2026-11-20T17:00:00Z" });
    expect(received).toMatchObject({ verdict: "applied" });
  });
});
