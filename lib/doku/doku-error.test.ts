import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDokuError } from "./doku-error";

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(`test/fixtures/doku/${name}.json`, "utf8"));

test.each([
  ["duplicate_invoice", "invalid_parameter", "INVOICE ALREADY USED"],
  ["idempotency_different_body", "duplicate_request", "Request-Id already used with different request data"],
  ["internal", "internal_server_error", "Internal Server Error"],
  ["invalid_client_id", "invalid_client_id", "Invalid Client-Id"],
  ["invalid_json", "invalid_parameter", "Invalid JSON Format"],
  ["invalid_parameter", "invalid_parameter", "order.amount is mandatory"],
  ["invalid_signature", "invalid_signature", "Invalid Header Signature"],
  ["transaction_not_found", "transaction_not_found", "Transaction not found"],
  ["unknown_path", undefined, "No static resource foo/v2/payment-code."],
  ["checkout-shape", undefined, "INVOICE ALREADY USED"],
])("parses DOKU's error from the sample %s", (name, code, message) => {
  expect(parseDokuError(fixture(`error.${name}`))).toMatchObject({ code, message });
});

test("parses DOKU's error from the Checkout envelope and from the newer draft", () => {
  const inner = { code: "A", message: "b", type: "c" };
  expect(parseDokuError({ response: { error: inner }, error_messages: ["x"] })).toEqual(inner);
  expect(
    parseDokuError({ status: "FAILED", response_code: "INVALID_PARAMETER", message: ["a", "b"] }),
  ).toEqual({
    code: "INVALID_PARAMETER",
    message: "a; b",
    type: undefined,
  });
});

test("parses a web framework's error with and without a message", () => {
  const message = "Not Found";
  expect(parseDokuError({ status: 404, error: message })).toEqual({
    code: undefined,
    message,
    type: undefined,
  });
});

test("returns undefined for a success and for bodies without an error", () => {
  const success = fixture("check-status.indodana.failed");
  for (const body of [success, undefined, null, [], "x", 1, {}, { error: null }, { message: null }]) {
    expect(parseDokuError(body)).toBeUndefined();
  }
});

test("cuts long error texts and replaces characters that the database refuses", () => {
  expect(parseDokuError({ error: { message: `\0${"x".repeat(9000)}`, code: 12 } })).toEqual({
    code: "12",
    message: `\ufffd${"x".repeat(499)}`,
    type: undefined,
  });
});

test("never throws on any JSON", () => {
  fc.assert(fc.property(fc.jsonValue(), (body) => parseDokuError(body) === undefined || true));
});
