import { expect, test } from "vitest";
import type { PaymentStatus } from "./payment";
import { toSessionStatus } from "./session-status";

const at = new Date("2026-11-27T05:00:00Z");
const none = { paidAt: null, expiredAt: null, cancelledAt: null };

test.each([
  ["without anything is open", none, [], "open"],
  ["with a code is open", none, ["awaiting_payment"], "open"],
  ["whose time is up is expired", { ...none, expiredAt: at }, ["expired"], "expired"],
  ["that the shop ended is cancelled", { ...none, cancelledAt: at }, ["cancelled"], "cancelled"],
  ["with money is paid", { ...none, paidAt: at }, ["paid"], "paid"],
  ["that ended and was paid is paid", { ...none, paidAt: at, cancelledAt: at }, ["paid"], "paid"],
  ["whose money went back is refunded", { ...none, paidAt: at }, ["refunded"], "refunded"],
  ["whose refund came before its payment is refunded", none, ["refunded"], "refunded"],
  ["that was refunded and paid again is paid", { ...none, paidAt: at }, ["paid", "refunded"], "paid"],
] satisfies [string, object, PaymentStatus[], string][])("a session %s", (_name, times, statuses, status) => {
  const payments = statuses.map((one) => ({ status: one }));
  expect(toSessionStatus({ ...times, payments })).toBe(status);
});
