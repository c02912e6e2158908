import { describe, expect, test } from "vitest";
import { decideInquiry } from "./inquiry";
import type { InquiredBill } from "./inquiry";
import type { PaymentState } from "./payment";
import { PaymentCode } from "./payment-code";

const now = new Date("2026-11-21T05:00:00Z");
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const means = { kind: "code", code: PaymentCode.parse("8896512345678123") } as const;
const open: PaymentState = { status: "awaiting_payment", means, expiresAt: after(1) };
const bill = (state: PaymentState, change: Partial<InquiredBill> = {}): InquiredBill => ({
  state,
  superseded: false,
  orderPaid: false,
  underReview: false,
  ...change,
});
const timeUp: PaymentState = { ...open, expiresAt: now };
const paid: PaymentState = { status: "paid", paidAt: now };
const expired: PaymentState = { status: "expired", at: now };
const cancelled: PaymentState = { status: "cancelled", at: now };
const failed: PaymentState = { status: "failed", at: now, reason: "declined" };
const refunded: PaymentState = { status: "refunded", at: now };

describe("decideInquiry", () => {
  test.each([
    ["that does not exist", undefined, "billing_not_found", "unknown_code"],
    ["that is open", bill(open), "success", "open"],
    ["that expires at this moment", bill(timeUp), "billing_was_expired", "time_up"],
    ["that is paid", bill(paid, { orderPaid: true }), "billing_already_paid", "paid"],
    [
      "whose order another payment paid",
      bill(open, { orderPaid: true }),
      "billing_already_paid",
      "paid_otherwise",
    ],
    [
      "that expired before another payment paid its order",
      bill(expired, { orderPaid: true }),
      "billing_already_paid",
      "paid_otherwise",
    ],
    ["that was refunded", bill(refunded, { orderPaid: true }), "billing_already_paid", "refunded"],
    ["that expired", bill(expired), "billing_was_expired", "expired"],
    ["that was cancelled", bill(cancelled), "billing_was_expired", "cancelled"],
    ["that failed", bill(failed), "decline", "failed"],
    ["that is not ready", bill({ status: "requested" }), "decline", "not_ready"],
    ["that is superseded", bill(open, { superseded: true }), "decline", "superseded"],
    ["whose order is under review", bill(open, { underReview: true }), "decline", "under_review"],
    ["that is superseded and past its expiry", bill(timeUp, { superseded: true }), "decline", "superseded"],
  ])("answers an inquiry about a bill %s", (_which, inquired, status, because) => {
    expect(decideInquiry(inquired, now)).toEqual({ status, because });
  });

  test("answers success only for an open bill before its expiry that is not superseded, paid or under review", () => {
    const states = [
      open,
      timeUp,
      paid,
      expired,
      cancelled,
      failed,
      refunded,
      { status: "requested" } as const,
    ];
    const truths = [false, true];
    const bills = states.flatMap((state) =>
      truths.flatMap((superseded) =>
        truths.flatMap((orderPaid) =>
          truths.map((underReview) => bill(state, { superseded, orderPaid, underReview })),
        ),
      ),
    );
    const successes = bills.filter((inquired) => decideInquiry(inquired, now).status === "success");
    expect(successes).toEqual([bill(open)]);
  });
});
