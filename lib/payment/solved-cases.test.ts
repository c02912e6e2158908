import { expect, test } from "vitest";
import type { Decision } from "./decide";
import type { PaymentUpdate } from "./payment-update";
import type { ReviewedUpdate } from "./reviewed";
import { Rupiah } from "./rupiah";
import { findSolvedCases } from "./solved-cases";

const noon = new Date("2026-11-21T05:00:00Z");
const update = (acquirerIds = ""): PaymentUpdate => ({
  source: "status_check",
  outcome: "success",
  amount: Rupiah.parse(92_000),
  at: noon,
  identity: "two",
  acquirerIds,
});
const reviewed = (kind: ReviewedUpdate["case"], acquirerIds = ""): ReviewedUpdate => ({
  ...{ case: kind, source: "notification", identity: "one", at: noon, acquirerIds },
  amount: Rupiah.parse(50_000),
});
const move = (to: "paid" | "refunded" | undefined, receipt = true): Decision => ({
  kind: "move",
  to: to === undefined ? undefined : to === "paid" ? { status: to, paidAt: noon } : { status: to, at: noon },
  receipt,
  paidLate: false,
  cases: [],
});

test("a payment of the right amount answers an unusable answer of DOKU and an earlier report of another amount", () => {
  const context = { reusable: false, reviewed: [reviewed("amount_differs")] };
  expect(findSolvedCases(context, move("paid"), update())).toEqual({
    fact: "paid",
    kinds: ["conflicting_answer", "payment_claimed", "amount_differs"],
  });
});

test("a report with the ids of another payment of the acquirer stays in question, though the order is paid", () => {
  const context = { reusable: false, reviewed: [reviewed("amount_differs", "TRX-1")] };
  expect(findSolvedCases(context, move("paid"), update("TRX-2"))?.kinds).toEqual([
    "conflicting_answer",
    "payment_claimed",
  ]);
  expect(findSolvedCases(context, move("paid"), update("TRX-1"))?.kinds).toContain("amount_differs");
});

test("a payment of a reusable code says nothing about another payment of it", () => {
  const context = { reusable: true, reviewed: [reviewed("amount_differs")] };
  expect(findSolvedCases(context, move(undefined), update())?.kinds).toEqual([
    "conflicting_answer",
    "payment_claimed",
  ]);
});

test("a refund by DOKU answers what to do with the money, except when the code was paid twice", () => {
  const refund = move("refunded", false);
  expect(findSolvedCases({ reusable: false, reviewed: [] }, refund, update())).toEqual({
    fact: "refunded",
    kinds: ["amount_differs", "paid_after_cancel", "payment_claimed", "paid_twice"],
  });
  const twice = { reusable: false, reviewed: [reviewed("paid_twice")] };
  expect(findSolvedCases(twice, refund, update())?.kinds).not.toContain("paid_twice");
});

test("nothing is answered by an end without money, a repeat or another case", () => {
  const context = { reusable: false, reviewed: [] };
  expect(findSolvedCases(context, { kind: "repeat" }, update())).toBeUndefined();
  expect(findSolvedCases(context, { kind: "review", case: "paid_twice" }, update())).toBeUndefined();
  const expired: Decision = { ...move("paid", false), to: { status: "expired", at: noon } } as Decision;
  expect(findSolvedCases(context, expired, update())).toBeUndefined();
});
