import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTransactionReport, type TransactionReport } from "./transaction-report";

const fixture = (name: string) => readFileSync(`test/fixtures/doku/${name}.json`);

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

describe("parseTransactionReport", () => {
  test("parses DOKU's sample of a payment at Alfa", () => {
    expect(parseTransactionReport(fixture("alfa.notification.success"))).toEqual({
      outcome: "read",
      report: {
        invoiceNumber: "INV-20210125-0001",
        amount: 150000,
        status: "SUCCESS",
        date: new Date("2021-08-12T07:06:28Z"),
        dokuServiceId: "ONLINE_TO_OFFLINE",
        dokuChannelId: "ONLINE_TO_OFFLINE_ALFA",
        acquirerId: "ALFA",
        paymentCode: "73",
        merchantReference: undefined,
        originalRequestId: "5b8e438f-fac1-4103-9e0e-ebfdc38b5acb",
        identifiers: [
          { name: "AGENT_ID", value: "ALFAMART" },
          { name: "AGENT_STORE_ID", value: "store" },
          { name: "AGENT_TRX_ID", value: "1246" },
        ],
      },
    });
  });

  test("parses the identifiers and the reference of a paylater payment", () => {
    expect(parseReport(fixture("indodana.notification.failed").toString())).toMatchObject({
      status: "FAILED",
      amount: 100000,
      merchantReference: "60123",
      identifiers: [{ name: "INDODANA_ORDER_ID", value: "MINV20201231468" }],
      paymentCode: undefined,
    });
  });

  test("prefers the reference in `payment` to the one in `peer_to_peer_info`", () => {
    expect(parseReport(fixture("akulaku.notification.success").toString()).merchantReference).toBe(
      "MUR-20210707-0001",
    );
  });

  test.each([
    ["alfa.notification.dipc-insurance", "SUCCESS", 150000],
    ["indomaret.notification.success", "SUCCESS", 150000],
    ["indodana.notification.success", "SUCCESS", 100000],
    ["check-status.alfa.pending", "PENDING", 150000],
    ["check-status.alfa.expired", "EXPIRED", 150000],
    ["check-status.alfa.success", "SUCCESS", 120000],
    ["check-status.indomaret.success", "SUCCESS", 150000],
    ["check-status.indodana.pending", "PENDING", 100000],
    ["check-status.indodana.success", "SUCCESS", 100000],
    ["check-status.indodana.failed", "FAILED", 100000],
    ["check-status.indodana.expired", "EXPIRED", 100000],
    ["check-status.indodana.refunded", "REFUNDED", 100000],
  ])("parses the sample %s", (name, status, amount) => {
    expect(parseTransactionReport(fixture(name))).toMatchObject({
      outcome: "read",
      report: { status, amount },
    });
  });

  test("accepts a status in any letter case", () => {
    const { transaction } = plain;
    expect(parseReport({ ...plain, transaction: { ...transaction, status: "Success" } }).status).toBe(
      "SUCCESS",
    );
  });

  test.each([
    ["2021-08-12T07:06:28Z", "2021-08-12T07:06:28.000Z"],
    ["2021-08-12T07:06:28.123Z", "2021-08-12T07:06:28.123Z"],
    ["2021-08-12T14:06:28+07:00", "2021-08-12T07:06:28.000Z"],
    ["20210812140628", "2021-08-12T07:06:28.000Z"],
  ])("parses the date %s, whatever the zone of this machine", (date, moment) => {
    const { transaction } = plain;
    expect(parseReport({ ...plain, transaction: { ...transaction, date } }).date?.toISOString()).toBe(moment);
  });

  test.each([
    "2021-08-12T07:06:28",
    "2021-02-30T07:06:28Z",
    "20210230140628",
    "12/08/2021",
    "",
    1628752588,
    null,
    undefined,
    "2021-08-12T07:06:28 Z",
  ])("has no date when the date is %j, and is read all the same", (date) => {
    const { transaction } = plain;
    const report = parseReport({ ...plain, transaction: { ...transaction, date } });
    expect(report).toMatchObject({ invoiceNumber: "KB-210812-1", status: "SUCCESS" });
    expect(report.date).toBeUndefined();
  });

  test.each([undefined, null, "", "SETTLED", 1, "SUCCESS ", "x".repeat(5000)])(
    "is unreadable with the status %j, but has the invoice number",
    (status) => {
      const { transaction } = plain;
      expect(
        parseTransactionReport(JSON.stringify({ ...plain, transaction: { ...transaction, status } })),
      ).toEqual({
        outcome: "unreadable",
        why: "no_status",
        invoiceNumber: "KB-210812-1",
      });
    },
  );

  test.each([undefined, null, "", 12, {}, "x".repeat(129)])(
    "is unreadable with the invoice number %j",
    (invoice_number) => {
      expect(
        parseTransactionReport(JSON.stringify({ ...plain, order: { ...plain.order, invoice_number } })),
      ).toEqual({
        outcome: "unreadable",
        why: "no_invoice_number",
        invoiceNumber: undefined,
      });
    },
  );

  test("ignores unknown members and drops details of another shape", () => {
    const strange = {
      ...plain,
      service: "ONLINE_TO_OFFLINE",
      channel: "ALFA",
      acquirer: { id: 7 },
      online_to_offline_info: [],
      online_to_offline_payment: { identifier: { name: "A", value: "B" } },
      payment: null,
      peer_to_peer_info: "x",
      additional_info: { anything: [1, { deep: true }] },
    };
    expect(parseReport(strange)).toEqual({
      ...parseReport(plain),
      dokuServiceId: undefined,
      dokuChannelId: undefined,
      acquirerId: undefined,
      paymentCode: undefined,
      identifiers: [],
    });
  });

  test("finds the identifiers under DOKU's misspelled member too", () => {
    const { online_to_offline_payment: payment, ...rest } = plain;
    const misspelt = { ...rest, online_to_offline_payment: { identifer: payment.identifier } };
    expect(parseReport(misspelt).identifiers).toEqual([{ name: "AGENT_TRX_ID", value: "1246" }]);
  });

  test("keeps the digits of numeric identifiers and codes, and leaves out malformed identifiers", () => {
    const report = parseReport({
      ...plain,
      online_to_offline_info: { payment_code: 6059000000000205 },
      online_to_offline_payment: {
        identifier: [null, 1, { name: "A", value: 12 }, { name: "B" }, { name: "C", value: "" }],
      },
    });
    expect(report.paymentCode).toBe("6059000000000205");
    expect(report.identifiers).toEqual([
      { name: "A", value: "12" },
      { name: "C", value: "" },
    ]);
  });

  test("keeps at most 50 identifiers of at most 256 characters", () => {
    const identifier = Array.from({ length: 100_000 }, () => ({ name: "N", value: "v".repeat(300) })).slice(
      0,
      600,
    );
    const { identifiers } = parseReport({ ...plain, online_to_offline_payment: { identifier } });
    expect(identifiers).toHaveLength(50);
    expect(identifiers[0]?.value).toHaveLength(256);
  });

  test("returns no character that the database refuses", () => {
    const { identifiers } = parseReport({
      ...plain,
      online_to_offline_payment: { identifier: [{ name: "a\u0000b", value: "\ud800x" }] },
    });
    expect(identifiers).toEqual([{ name: "a\ufffdb", value: "\ufffdx" }]);
  });

  test.each([
    [
      "a byte order mark",
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(JSON.stringify(plain))]),
    ],
    [
      "bytes that are no UTF-8",
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}')]),
    ],
    ["UTF-16", Buffer.from(JSON.stringify(plain), "utf16le")],
    ["nothing", Buffer.alloc(0)],
    ["half of it", Buffer.from(JSON.stringify(plain).slice(0, 80))],
    ["HTML", Buffer.from("<html></html>")],
  ])("returns not_json for %s", (_, raw) => {
    expect(parseTransactionReport(raw)).toEqual({
      outcome: "unreadable",
      why: "not_json",
      invoiceNumber: undefined,
    });
  });

  test.each(["null", "1", '"x"', "[]"])("returns not_an_object for %s", (raw) => {
    expect(parseTransactionReport(raw)).toMatchObject({ outcome: "unreadable", why: "not_an_object" });
  });

  test("parses or refuses JSON that is 100,000 deep or long, without throwing", () => {
    const deep = `{"order":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
    expect(parseTransactionReport(deep)).toMatchObject({ outcome: "unreadable" });
    const objects = `${'{"order":'.repeat(100_000)}1${"}".repeat(100_000)}`;
    expect(parseTransactionReport(objects)).toMatchObject({ outcome: "unreadable" });
    const long = JSON.stringify(plain).replace('"identifier":[', `"identifier":[${"0,".repeat(100_000)}`);
    expect(parseTransactionReport(long)).toMatchObject({ outcome: "read", report: { identifiers: [] } });
  });

  test("never throws on any JSON or any bytes", () => {
    fc.assert(
      fc.property(fc.json(), (json) => ["read", "unreadable"].includes(parseTransactionReport(json).outcome)),
    );
    fc.assert(fc.property(fc.uint8Array(), (raw) => parseTransactionReport(raw).outcome === "unreadable"));
    expect(parseTransactionReport('{"__proto__":{"order":{"invoice_number":"KB-1"}}}')).toMatchObject({
      why: "no_invoice_number",
    });
  });
});
