import { describe, expect, test } from "vitest";
import { caseKinds } from "../payment/case-kind";
import { toEventTypes } from "./event-types";
import type { RecordedChange } from "./event-types";

type PaymentEvent = Extract<RecordedChange, { source: "payment_event" }>;
const payment = { reusable: false, codeKind: "dgpc", paidLate: false } as const;
const moved = (to: PaymentEvent["to"], more: Partial<PaymentEvent["payment"]> = {}): PaymentEvent => ({
  source: "payment_event",
  kind: "moved",
  from: "awaiting_payment",
  to,
  payment: { ...payment, ...more },
  afterRefund: false,
});

describe("the events of a change", () => {
  test.each([
    ["a code", { ...moved("awaiting_payment"), kind: "code_issued" }, ["payment.code_issued"]],
    ["a session's time passed", { ...moved(null), kind: "session_expired" }, ["checkout_session.expired"]],
    ["a session was ended", { ...moved(null), kind: "session_cancelled" }, ["checkout_session.cancelled"]],
    ["a payment failed", moved("failed"), ["payment.failed"]],
    ["a payment expired", moved("expired"), ["payment.expired"]],
    ["a payment was cancelled", moved("cancelled"), ["payment.cancelled"]],
    ["a refund", { ...moved("refunded"), from: "paid" }, ["checkout_session.refunded"]],
    ["a payment in time says what the order says", moved("paid"), []],
    [
      "a payment after the refund of another",
      { ...moved("paid"), afterRefund: true },
      ["checkout_session.paid"],
    ],
    [
      "money for a top-up code after a refund",
      { ...moved("paid", { reusable: true }), afterRefund: true },
      [],
    ],
    ["a late payment", moved("paid", { paidLate: true }), ["payment.paid_late"]],
    ["a bill", moved("paid", { codeKind: "dipc" }), ["bill.paid"]],
    ["a late bill", moved("paid", { codeKind: "dipc", paidLate: true }), ["bill.paid", "payment.paid_late"]],
    ["a state that stays", { ...moved("paid"), from: "paid" }, []],
    ["the start of a payment", { ...moved("requested"), from: null, kind: "payment_started" }, []],
    ["an order without a payment", { ...moved(null), kind: "order_placed", payment: undefined }, []],
    ["the first money", { source: "order_paid", isReusable: false }, ["checkout_session.paid"]],
    ["the first money of a top-up code", { source: "order_paid", isReusable: true }, []],
    ["money for a top-up code", { source: "receipt" }, ["top_up.received"]],
  ] satisfies [string, RecordedChange, string[]][])("%s", (_name, change, types) => {
    expect(toEventTypes(change)).toEqual(types);
  });

  test.each(caseKinds)("a case of %s is told when it opens and when it closes", (kind) => {
    const extra = kind === "amount_differs" ? ["payment.amount_differs"] : [];
    expect(toEventTypes({ source: "case_opened", kind })).toEqual([...extra, "case.opened"]);
    expect(toEventTypes({ source: "case_closed", kind })).toEqual(["case.closed"]);
  });
});
