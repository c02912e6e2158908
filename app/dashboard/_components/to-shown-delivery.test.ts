import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findReportedAmount, toShownDelivery, listCaseSubjects } from "./to-shown-delivery";

const sample = readFileSync("test/fixtures/doku/alfa.notification.success.json");
const row = (body: Uint8Array | null) => ({
  id: "00000000-0000-4000-8000-000000000000",
  receivedAt: new Date("2026-11-21T09:30:00Z"),
  verdict: "orphan" as const,
  reason: "unknown_invoice",
  invoiceNumber: null,
  requestId: null,
  headers: { "Client-Id": "<b>" },
  body,
  bodyDigest: "digest",
  verifiedBy: null,
});

test("says how long after the transaction a message came, and shows its bytes unchanged", () => {
  const date = new Date(JSON.parse(sample.toString()).transaction.date);
  const shown = toShownDelivery({ ...row(sample), receivedAt: new Date(date.getTime() + 3000) });
  expect(shown.delayMs).toBe(3000);
  expect(shown.body).toEqual({ text: sample.toString(), isUtf8: true });
});

test("has no delay for a message without a readable date, and no text for one without a body", () => {
  expect(toShownDelivery(row(Buffer.from("{}")))).toMatchObject({ delayMs: undefined, body: { text: "{}" } });
  expect(toShownDelivery(row(null))).toMatchObject({ delayMs: undefined, body: undefined });
});

test("shows bytes that are not UTF-8 as far as possible, and marks them", () => {
  expect(toShownDelivery(row(Buffer.from([0x7b, 0xff, 0x7d]))).body).toEqual({
    text: "{\ufffd}",
    isUtf8: false,
  });
});

test("finds the amount in the bytes of a message, and invents none", () => {
  expect(findReportedAmount(row(sample))).toBe(JSON.parse(sample.toString()).order.amount);
  expect(findReportedAmount(row(Buffer.from("{}")))).toBeNull();
  expect(findReportedAmount(row(null))).toBeNull();
});

test("lists the case subjects of an orphan, and none for other messages", () => {
  expect(listCaseSubjects(row(sample))).toEqual([
    expect.stringMatching(/^SUCCESS [0-9a-f]{64}$/),
    "bytes digest",
  ]);
  expect(listCaseSubjects(row(Buffer.from("no json")))).toContain("bytes digest");
  expect(listCaseSubjects({ ...row(null), verdict: "rejected" })).toEqual([]);
});

test("shows what a person decided about a message", () => {
  const closing = { at: new Date("2026-11-21T09:30:00Z"), by: "sri@example.id", note: "Sent back" };
  expect(toShownDelivery({ ...row(sample), closing }).closing).toEqual({
    ...closing,
    at: "2026-11-21T09:30:00.000Z",
  });
});

test("says when a message names another channel or service than its payment's, and nothing when it names none", () => {
  const body = JSON.parse(sample.toString());
  const find = (change: object, channel: string | undefined = "alfa") =>
    toShownDelivery({ ...row(Buffer.from(JSON.stringify({ ...body, ...change }))), channel }).otherChannel;
  expect(find({})).toBeUndefined();
  expect(find({ channel: undefined, service: undefined })).toBeUndefined();
  expect(find({}, "indomaret")).toBe("ONLINE_TO_OFFLINE / ONLINE_TO_OFFLINE_ALFA");
  expect(find({ channel: { id: "VIRTUAL_ACCOUNT_BCA" } })).toBe("ONLINE_TO_OFFLINE / VIRTUAL_ACCOUNT_BCA");
  expect(find({ service: { id: "PEER_TO_PEER" } })).toBe("PEER_TO_PEER / ONLINE_TO_OFFLINE_ALFA");
  expect(find({}, undefined)).toBeUndefined();
});
