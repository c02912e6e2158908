import { describe, expect, test } from "vitest";
import { toAttribution, toAttributionColumns } from "./attribution";

const unwritten = { actor: null, reason: null };

describe("attribution columns", () => {
  test.each([
    [{ actor: "shopper", reason: "checkout" }, "shopper"],
    [{ actor: "staff:u1", reason: "dashboard" }, "merchant"],
    [{ actor: "api_key:k1", reason: "api" }, "merchant"],
    [{ actor: "doku", reason: "create_response" }, "doku"],
    [{ actor: "doku", reason: "notification" }, "notification"],
    [{ actor: "doku", reason: "status_check" }, "status_check"],
    [{ actor: "system", reason: "replaced" }, "clock"],
  ] as const)("write the cause that older releases read: %j is %s", (attribution, cause) => {
    expect(toAttributionColumns(attribution)).toEqual({ ...attribution, cause });
    expect(toAttribution(toAttributionColumns(attribution))).toEqual(attribution);
  });

  test.each([
    [
      { cause: "notification", kind: "moved" },
      { actor: "doku", reason: "notification" },
    ],
    [
      { cause: "status_check", kind: "code_issued" },
      { actor: "doku", reason: "status_check" },
    ],
    [
      { cause: "doku", kind: "code_issued" },
      { actor: "doku", reason: "create_response" },
    ],
    [
      { cause: "doku", kind: "change_refused" },
      { actor: "doku", reason: "change_response" },
    ],
    [
      { cause: "clock", kind: "given_up", to: "expired" },
      { actor: "system", reason: "deadline_passed" },
    ],
    [
      { cause: "clock", kind: "given_up", to: "failed" },
      { actor: "system", reason: undefined },
    ],
    [
      { cause: "merchant", kind: "case_closed" },
      { actor: "staff", reason: "case_decided" },
    ],
    [
      { cause: "merchant", kind: "order_placed" },
      { actor: "staff", reason: undefined },
    ],
    [{ cause: "merchant" }, { actor: "staff", reason: undefined }],
    [
      { cause: "shopper", kind: "order_placed" },
      { actor: "shopper", reason: "checkout" },
    ],
    [
      { cause: "shopper", kind: "payment_started" },
      { actor: "shopper", reason: "checkout" },
    ],
    [
      { cause: "shopper", kind: "superseded" },
      { actor: "shopper", reason: "method_changed" },
    ],
    [
      { cause: "shopper", kind: "moved", to: "cancelled" },
      { actor: "shopper", reason: undefined },
    ],
  ] as const)("are derived from the cause of an old row as far as it is certain: %j", (row, attribution) => {
    expect(toAttribution({ ...unwritten, ...row })).toEqual(attribution);
  });
});
