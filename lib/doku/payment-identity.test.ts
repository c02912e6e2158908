import { describe, expect, test } from "vitest";
import { paymentIdentity, parseTransactionReport, type TransactionReport } from "./transaction-report";

const plain = {
  service: { id: "ONLINE_TO_OFFLINE" },
  acquirer: { id: "ALFA" },
  channel: { id: "ONLINE_TO_OFFLINE_ALFA" },
  transaction: { status: "SUCCESS", date: "2021-08-12T07:06:28Z", original_request_id: "r-1" },
  order: { invoice_number: "KB-210812-1", amount: 150000 },
  online_to_offline_info: { payment_code: "6059000000000205" },
  online_to_offline_payment: { identifier: [{ name: "AGENT_TRX_ID", value: "1246" }] },
};

function parseReport(body: unknown): TransactionReport {
  const reading = parseTransactionReport(typeof body === "string" ? body : JSON.stringify(body));
  if (reading.outcome !== "read") throw new Error(`Not read: ${reading.why}`);
  return reading.report;
}

describe("paymentIdentity", () => {
  const report = parseReport(plain);

  test("is the same for every spelling of a delivery and every order of its identifiers", () => {
    const ids = [
      { name: "AGENT_ID", value: "ALFAMART" },
      { name: "AGENT_TRX_ID", value: "1246" },
    ];
    const first = paymentIdentity({ ...report, identifiers: ids });
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(paymentIdentity({ ...report, identifiers: ids.toReversed() })).toBe(first);
    const rewritten = JSON.stringify(
      { ...plain, order: { amount: "150000.00", invoice_number: "KB-210812-1" } },
      null,
      2,
    );
    expect(paymentIdentity(parseReport(rewritten))).toBe(paymentIdentity(report));
    const inJakarta = { ...plain, transaction: { ...plain.transaction, date: "20210812140628" } };
    expect(paymentIdentity(parseReport(inJakarta))).toBe(paymentIdentity(report));
  });

  test("does not depend on what a retry may change", () => {
    expect(
      paymentIdentity({ ...report, originalRequestId: "r-2", paymentCode: undefined, acquirerId: "X" }),
    ).toBe(paymentIdentity(report));
  });

  test.each<[string, Partial<TransactionReport>]>([
    ["invoice", { invoiceNumber: "KB-210812-2" }],
    ["channel", { dokuChannelId: "ONLINE_TO_OFFLINE_INDOMARET" }],
    ["lack of a channel", { dokuChannelId: undefined }],
    ["amount", { amount: undefined }],
    ["second", { date: new Date("2021-08-12T07:06:29Z") }],
    ["identifier", { identifiers: [{ name: "AGENT_TRX_ID", value: "1247" }] }],
    ["number of identifiers", { identifiers: [...report.identifiers, ...report.identifiers] }],
    ["reference", { merchantReference: "60123" }],
  ])("changes with the %s", (_, change) => {
    expect(paymentIdentity({ ...report, ...change })).not.toBe(paymentIdentity(report));
  });

  test("differs when the boundary between two values moves", () => {
    const one = { ...report, identifiers: [{ name: "A", value: "B,C" }] };
    const two = { ...report, identifiers: [{ name: "A,B", value: "C" }] };
    const three = { ...report, identifiers: [{ name: 'A","B', value: "C" }] };
    expect(new Set([one, two, three].map(paymentIdentity)).size).toBe(3);
  });
});
