import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { amountIn, shownDelivery, subjectsOf } from "./delivery-view";

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
  const shown = shownDelivery({ ...row(sample), receivedAt: new Date(date.getTime() + 3000) });
  expect(shown.delay).toBe(3000);
  expect(shown.body).toEqual({ text: sample.toString(), isUtf8: true });
});

test("a message without a readable date has no delay; one without a body, no text", () => {
  expect(shownDelivery(row(Buffer.from("{}")))).toMatchObject({ delay: undefined, body: { text: "{}" } });
  expect(shownDelivery(row(null))).toMatchObject({ delay: undefined, body: undefined });
});

test("bytes that are not UTF-8 are shown as far as possible and marked", () => {
  expect(shownDelivery(row(Buffer.from([0x7b, 0xff, 0x7d]))).body).toEqual({
    text: "{\ufffd}",
    isUtf8: false,
  });
});

test("the amount of a message is read from its bytes, and none is made up", () => {
  expect(amountIn(row(sample))).toBe(JSON.parse(sample.toString()).order.amount);
  expect(amountIn(row(Buffer.from("{}")))).toBeNull();
  expect(amountIn(row(null))).toBeNull();
});

test("an orphan says under which subject its case stands; nothing else has one", () => {
  expect(subjectsOf(row(sample))).toEqual([expect.stringMatching(/^SUCCESS [0-9a-f]{64}$/), "bytes digest"]);
  expect(subjectsOf(row(Buffer.from("no json")))).toContain("bytes digest");
  expect(subjectsOf({ ...row(null), verdict: "rejected" })).toEqual([]);
});

test("what a person decided about a message is shown with it", () => {
  const closing = { at: new Date("2026-11-21T09:30:00Z"), by: "sri@example.id", note: "Sent back" };
  expect(shownDelivery({ ...row(sample), closing }).closing).toEqual({
    ...closing,
    at: "2026-11-21T09:30:00.000Z",
  });
});
