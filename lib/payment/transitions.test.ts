import { describe, expect, test } from "vitest";
import { decide } from "./decide";
import type { PaymentUpdate } from "./payment-update";
import type { PaymentContext } from "./decide";
import { paymentStatuses } from "./payment";
import type { PaymentState, PaymentStatus } from "./payment";
import { PaymentCode } from "./payment-code";
import { Rupiah } from "./rupiah";
import { canTransition, transitionCheck, transitions } from "./transitions";

const at = new Date("2026-11-21T05:00:00Z");
const amount = Rupiah.parse(150_000);
const states: Record<PaymentStatus, PaymentState> = {
  requested: { status: "requested" },
  awaiting_payment: {
    status: "awaiting_payment",
    means: { kind: "code", code: PaymentCode.parse("6059000000000205") },
    expiresAt: at,
  },
  paid: { status: "paid", paidAt: at },
  expired: { status: "expired", at },
  cancelled: { status: "cancelled", at },
  failed: { status: "failed", at, reason: "declined" },
  refunded: { status: "refunded", at },
};

describe("transitions", () => {
  test("leaves `paid` only by `refunded`, and never leaves `refunded`", () => {
    expect(transitions.paid).toEqual(["refunded"]);
    expect(transitions.refunded).toEqual([]);
  });

  test("never leads back to a live status, and from no status to itself", () => {
    for (const from of paymentStatuses) {
      expect(canTransition(from, "requested")).toBe(false);
      expect(canTransition(from, "awaiting_payment")).toBe(from === "requested");
      expect(canTransition(from, from)).toBe(false);
    }
  });

  test("cancels only a payment with a code or page", () => {
    expect(paymentStatuses.filter((from) => canTransition(from, "cancelled"))).toEqual(["awaiting_payment"]);
  });

  test("contains every transition that decide makes, whatever else is on record", () => {
    const made = new Set<string>();
    for (const outcome of ["success", "failed", "expired", "refunded", "pending"] as const)
      for (const state of Object.values(states))
        for (const isYes of [true, false]) {
          const decision = decide(toContext(state, isYes), { ...success, outcome });
          if (decision.kind === "move" && decision.to) made.add(`${state.status} ${decision.to.status}`);
        }
    const byDoku = paymentStatuses.flatMap((from) =>
      transitions[from]
        .filter((to) => to !== "awaiting_payment" && to !== "cancelled")
        .map((to) => `${from} ${to}`),
    );
    expect([...made].toSorted()).toEqual(byDoku.toSorted());
  });

  const success: PaymentUpdate = {
    source: "notification",
    outcome: "success",
    amount,
    at,
    identity: "one",
    acquirerIds: "",
  };
  const toContext = (state: PaymentState, isYes: boolean): PaymentContext => ({
    state,
    amount,
    amountChanges: [],
    expiresAt: at,
    reusable: !isYes,
    failedIsFinal: isYes,
    receipts: { count: 0, includesThis: false, unconfirmed: undefined },
    orderPaidByAnother: isYes,
    reviewed: [],
  });
});

test("transitionCheck gives an SQL condition that equals the table", () => {
  expect(transitionCheck("a", "b")).toBe(
    "a is null or b is null or a = b" +
      " or (a = 'requested' and b in ('awaiting_payment', 'paid', 'expired', 'failed', 'refunded'))" +
      " or (a = 'awaiting_payment' and b in ('paid', 'expired', 'cancelled', 'failed', 'refunded'))" +
      " or (a = 'expired' and b in ('paid', 'refunded'))" +
      " or (a = 'cancelled' and b in ('paid', 'refunded'))" +
      " or (a = 'failed' and b in ('paid', 'refunded'))" +
      " or (a = 'paid' and b in ('refunded'))",
  );
});
