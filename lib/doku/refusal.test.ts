import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseDokuError } from "./doku-error";
import { findRefusalKind } from "./refusal";

const sample = (name: string) =>
  parseDokuError(JSON.parse(readFileSync(`test/fixtures/doku/${name}`, "utf8")));

describe("findRefusalKind", () => {
  test.each([
    ["error.invalid_signature.json", 401, "invalid_signature"],
    ["error.invalid_client_id.json", 401, "invalid_client"],
    ["error.invalid_parameter.json", 400, "invalid_parameter"],
    ["error.invalid_json.json", 400, "unreadable_body"],
    ["error.duplicate_invoice.json", 400, "invoice_used"],
    ["error.idempotency_different_body.json", 409, "other_data"],
    ["error.transaction_not_found.json", 404, "not_found"],
    ["error.unknown_path.json", 404, "wrong_path"],
    ["error.internal.json", 500, "server"],
  ])("finds the kind of the sample %s", (name, httpStatus, kind) => {
    expect(findRefusalKind({ httpStatus, ...sample(name) })).toBe(kind);
  });

  test("finds the kind by the text alone, except for a server error, which needs the status", () => {
    const names = readdirSync("test/fixtures/doku").filter((name) => name.startsWith("error."));
    expect(names).toHaveLength(10);
    expect(names.filter((name) => findRefusalKind(sample(name) ?? {}) === undefined)).toEqual([
      "error.internal.json",
    ]);
  });

  test.each([
    [{ httpStatus: 403, code: "MERCHANT_NOT_ACTIVE", message: "Merchant not active" }, "not_active"],
    [{ httpStatus: 400, code: "INVALID_PARAMETER" }, "invalid_parameter"],
    [{ httpStatus: 403 }, "not_active"],
    [{ httpStatus: 422 }, "invalid_parameter"],
    [{ httpStatus: 429 }, "too_many"],
    [{ httpStatus: 503 }, "maintenance"],
    [{ httpStatus: 502 }, "server"],
    [{ httpStatus: 400, message: "something new" }, undefined],
    [{ httpStatus: 200 }, undefined],
    [{}, undefined],
  ])("finds the kind of %j", (refusal, kind) => {
    expect(findRefusalKind(refusal)).toBe(kind);
  });
});
