import { expect, test } from "vitest";
import type { PaymentUpdate } from "./payment-update";
import { wasReviewed } from "./reviewed";
import type { ReviewedUpdate } from "./reviewed";
import { Rupiah } from "./rupiah";

const noon = new Date("2026-11-21T05:00:00Z");
const laterBy = (seconds: number) => new Date(noon.getTime() + seconds * 1000);
const update = (change: Partial<PaymentUpdate> = {}): PaymentUpdate => ({
  source: "notification",
  outcome: "success",
  amount: Rupiah.parse(1000),
  at: noon,
  identity: "one",
  acquirerIds: "",
  ...change,
});
const earlier = (change: Partial<ReviewedUpdate> = {}): ReviewedUpdate => ({
  ...update(),
  case: "amount_differs",
  ...change,
});

const check = { source: "status_check", identity: "of the check" } as const;
const notified = { identity: "two" } as const;

test.each<[string, Partial<ReviewedUpdate>, Partial<PaymentUpdate>, boolean]>([
  ["the same update", {}, {}, true],
  ["the same update without a usable amount", { amount: undefined }, { amount: undefined }, true],
  ["a status answer of the same amount, which may lack identifiers", {}, check, true],
  ["a status answer of another amount", {}, { ...check, amount: Rupiah.parse(999) }, false],
  ["another notification of the same amount: another payment", {}, notified, false],
  [
    "the notification of a payment from a status answer, half a minute later",
    check,
    { ...notified, at: laterBy(30) },
    true,
  ],
  [
    "the notification with the identifiers of the status answer",
    { ...check, acquirerIds: "a" },
    { acquirerIds: "a" },
    true,
  ],
  [
    "a notification with other identifiers than the status answer",
    { ...check, acquirerIds: "a" },
    { acquirerIds: "b" },
    false,
  ],
  ["a notification of the same amount at another time", check, { ...notified, at: laterBy(61) }, false],
  ["the same update with another kind of case", { case: "paid_twice" }, {}, false],
])("wasReviewed compares an update with earlier cases: %s", (_, before, now, expected) => {
  expect(wasReviewed([earlier(before)], "amount_differs", update(now))).toBe(expected);
});
