import { expect, test } from "vitest";
import type { PaymentUpdate } from "./decide";
import { wasReviewed } from "./reviewed";
import type { Reviewed } from "./reviewed";
import { Rupiah } from "./rupiah";

const noon = new Date("2026-11-21T05:00:00Z");
const laterBy = (seconds: number) => new Date(noon.getTime() + seconds * 1000);
const fact = (change: Partial<PaymentUpdate> = {}): PaymentUpdate => ({
  source: "notification",
  outcome: "success",
  amount: Rupiah.parse(1000),
  at: noon,
  identity: "one",
  acquirerIds: "",
  ...change,
});
const asked = (change: Partial<Reviewed> = {}): Reviewed => ({
  ...fact(),
  case: "amount_differs",
  ...change,
});

const check = { source: "status_check", identity: "of the check" } as const;
const told = { identity: "two" } as const;

test.each<[string, Partial<Reviewed>, Partial<PaymentUpdate>, boolean]>([
  ["the very same", {}, {}, true],
  ["the same of which no amount can be read", { amount: undefined }, { amount: undefined }, true],
  ["a status of the same amount, which may leave out identifiers", {}, check, true],
  ["a status of another amount", {}, { ...check, amount: Rupiah.parse(999) }, false],
  ["another notification of the same amount: another payment", {}, told, false],
  ["the notification of what a status told, half a minute off", check, { ...told, at: laterBy(30) }, true],
  [
    "the same, with identifiers that the status had",
    { ...check, acquirerIds: "a" },
    { acquirerIds: "a" },
    true,
  ],
  [
    "a notification with other identifiers than the status",
    { ...check, acquirerIds: "a" },
    { acquirerIds: "b" },
    false,
  ],
  ["a notification of the same amount at another time", check, { ...told, at: laterBy(61) }, false],
  ["the same of another kind of case", { case: "paid_twice" }, {}, false],
])("a person is asked about one fact once: %s", (_, before, now, expected) => {
  expect(wasReviewed([asked(before)], "amount_differs", fact(now))).toBe(expected);
});
