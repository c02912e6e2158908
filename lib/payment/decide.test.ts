import { describe, expect, test } from "vitest";
import { decide } from "./decide";
import type { Decision, PaymentContext } from "./decide";
import type { PaymentUpdate } from "./payment-update";
import type { PaymentState } from "./payment";
import { PaymentCode } from "./payment-code";
import { Rupiah } from "./rupiah";

const noon = new Date("2026-11-21T05:00:00Z");
const minutesLater = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);
const amount = Rupiah.parse(150_000);
const expiresAt = minutesLater(60);

const states: Record<PaymentState["status"], PaymentState> = {
  requested: { status: "requested" },
  awaiting_payment: {
    status: "awaiting_payment",
    means: { kind: "code", code: PaymentCode.parse("6059000000000205") },
    expiresAt,
  },
  paid: { status: "paid", paidAt: noon },
  expired: { status: "expired", at: expiresAt },
  cancelled: { status: "cancelled", at: noon },
  failed: { status: "failed", at: noon, reason: "declined" },
  refunded: { status: "refunded", at: noon },
};

/** The receipt of a status check that no notification has confirmed. */
const toUnconfirmed = ({ identity, at, acquirerIds }: PaymentUpdate) => ({
  identity,
  paidAt: at,
  acquirerIds,
});
const none = { count: 0, includesThis: false, unconfirmed: undefined };
const context = (state: PaymentState, change: Partial<PaymentContext> = {}): PaymentContext => ({
  state,
  amount,
  amountChanges: [],
  expiresAt,
  reusable: false,
  failedIsFinal: true,
  receipts: none,
  orderPaidByAnother: false,
  reviewed: [],
  ...change,
});
const update = (change: Partial<PaymentUpdate> = {}): PaymentUpdate => ({
  source: "notification",
  outcome: "success",
  amount,
  at: minutesLater(10),
  identity: "one",
  acquirerIds: "",
  ...change,
});
const paid = {
  kind: "move",
  to: { status: "paid", paidAt: minutesLater(10) },
  receipt: true,
  paidLate: false,
  cases: [],
};

describe("decide on a verified SUCCESS", () => {
  test.each([
    ["requested", paid],
    ["awaiting_payment", paid],
    ["failed", paid],
    ["expired", { ...paid, paidLate: true }],
    ["cancelled", { ...paid, cases: ["paid_after_cancel"] }],
    ["refunded", { ...paid, to: undefined }],
  ] as const)("pays a payment that is %s", (status, expected) => {
    expect(decide(context(states[status]), update())).toEqual(expected);
  });

  test.each(Object.keys(states))("opens a case for another amount in the state %s", (status) => {
    const state = Object.values(states).find((each) => each.status === status) ?? states.requested;
    for (const wrong of [149_999, 150_001, 1_500_000]) {
      const decision = decide(context(state), update({ amount: Rupiah.parse(wrong) }));
      expect(decision).toEqual({ kind: "review", case: "amount_differs" });
    }
    expect(decide(context(state), update({ amount: undefined }))).toEqual({
      kind: "review",
      case: "amount_differs",
    });
  });

  test("marks a payment late only when DOKU dates it after the code's expiry", () => {
    const late = (at: Date) => decide(context(states.awaiting_payment), update({ at }));
    expect(late(expiresAt)).toMatchObject({ paidLate: false });
    expect(late(minutesLater(61))).toMatchObject({ paidLate: true });
  });

  test("treats a SUCCESS that is on record as a repeat in every state", () => {
    const known = { count: 1, includesThis: true, unconfirmed: undefined };
    for (const state of Object.values(states)) {
      expect(decide(context(state, { receipts: known }), update())).toEqual({ kind: "repeat" });
    }
  });

  test("opens a case for a SUCCESS of another identity on a one-time code, without counting it", () => {
    const receipts = { count: 1, includesThis: false, unconfirmed: undefined };
    expect(decide(context(states.paid, { receipts }), update())).toEqual({
      kind: "review",
      case: "paid_twice",
    });
  });

  test("counts a SUCCESS of another identity on a reusable code as another payment", () => {
    const receipts = { count: 3, includesThis: false, unconfirmed: undefined };
    const decision = decide(context(states.paid, { receipts, reusable: true }), update());
    expect(decision).toMatchObject({ kind: "move", to: undefined, receipt: true });
  });

  test("confirms a payment that a status check brought, without counting it again", () => {
    const receipts = {
      count: 1,
      includesThis: false,
      unconfirmed: toUnconfirmed(update({ identity: "other" })),
    };
    expect(decide(context(states.paid, { receipts }), update())).toEqual({ kind: "confirm" });
  });

  test("confirms the receipt of a status check with the same identity, so that it cannot match a later payment", () => {
    const receipts = { count: 1, includesThis: true, unconfirmed: toUnconfirmed(update()) };
    expect(decide(context(states.paid, { receipts }), update())).toEqual({ kind: "confirm" });
    expect(decide(context(states.paid, { receipts }), update({ source: "status_check" }))).toEqual({
      kind: "repeat",
    });
  });

  test("ignores a SUCCESS from a status check for a paid payment", () => {
    const receipts = { count: 1, includesThis: false, unconfirmed: undefined };
    const decision = decide(context(states.paid, { receipts }), update({ source: "status_check" }));
    expect(decision).toEqual({ kind: "ignore", because: "already_paid" });
  });

  test("counts a SUCCESS and opens a case when another payment has paid the order", () => {
    const decision = decide(context(states.awaiting_payment, { orderPaidByAnother: true }), update());
    expect(decision).toEqual({ ...paid, cases: ["paid_twice"] });
  });
});

describe("decide on a reusable code", () => {
  const reusable = (state: PaymentState, change: Partial<PaymentContext> = {}) =>
    context(state, { reusable: true, failedIsFinal: false, ...change });
  const receiptAlone = { kind: "move", to: undefined, receipt: true, paidLate: false, cases: [] };
  const before = { count: 2, includesThis: false, unconfirmed: undefined };

  test.each(["requested", "awaiting_payment"] as const)(
    "counts the first payment of a reusable code that is %s and keeps its state",
    (status) => expect(decide(reusable(states[status]), update())).toEqual(receiptAlone),
  );

  test("counts every further payment of a reusable code, and no delivery twice", () => {
    const waiting = states.awaiting_payment;
    expect(decide(reusable(waiting, { receipts: before }), update())).toEqual(receiptAlone);
    const repeated = { ...before, includesThis: true };
    expect(decide(reusable(waiting, { receipts: repeated }), update())).toEqual({ kind: "repeat" });
  });

  test("marks an ended reusable code as paid when money still comes", () => {
    expect(decide(reusable(states.expired), update())).toMatchObject({
      to: { status: "paid" },
      paidLate: true,
    });
    expect(decide(reusable(states.cancelled), update())).toMatchObject({
      to: { status: "paid" },
      cases: ["paid_after_cancel"],
    });
    expect(decide(reusable(states.cancelled, { receipts: before }), update())).toMatchObject(receiptAlone);
  });

  test("opens a case for another amount on a reusable code, however often it was paid", () => {
    const wrong = update({ amount: Rupiah.parse(149_999) });
    expect(decide(reusable(states.awaiting_payment, { receipts: before }), wrong)).toEqual({
      kind: "review",
      case: "amount_differs",
    });
  });

  test("takes the first payment of a reusable code from a status check, and no further one", () => {
    const check = update({ source: "status_check" });
    expect(decide(reusable(states.awaiting_payment), check)).toEqual(receiptAlone);
    expect(decide(reusable(states.awaiting_payment, { receipts: before }), check)).toEqual({
      kind: "ignore",
      because: "already_paid",
    });
    const fromCheck = {
      count: 1,
      includesThis: false,
      unconfirmed: toUnconfirmed(update({ identity: "other" })),
    };
    expect(decide(reusable(states.awaiting_payment, { receipts: fromCheck }), update())).toEqual({
      kind: "confirm",
    });
  });

  test("counts a payment of another hour while the receipt of a status check is unconfirmed", () => {
    const first = update({ identity: "other", at: new Date(update().at.getTime() - 3_600_000) });
    const fromCheck = { count: 1, includesThis: false, unconfirmed: toUnconfirmed(first) };
    expect(decide(reusable(states.awaiting_payment, { receipts: fromCheck }), update())).toMatchObject(
      receiptAlone,
    );
    // A payment of the same minute counts too when the acquirer's ids differ.
    const exact = {
      ...fromCheck,
      unconfirmed: toUnconfirmed(update({ identity: "other", acquirerIds: "1245" })),
    };
    const waiting = reusable(states.awaiting_payment, { receipts: exact });
    expect(decide(waiting, update({ acquirerIds: "1246" }))).toMatchObject(receiptAlone);
    expect(decide(waiting, update({ acquirerIds: "1245" }))).toEqual({ kind: "confirm" });
    expect(decide(waiting, update())).toEqual({ kind: "confirm" });
    const both = { count: 2, includesThis: true, unconfirmed: toUnconfirmed(first) };
    expect(decide(reusable(states.awaiting_payment, { receipts: both }), update())).toEqual({
      kind: "repeat",
    });
    expect(decide(reusable(states.awaiting_payment, { receipts: both }), first)).toEqual({ kind: "confirm" });
  });

  test("ends a reusable code by EXPIRED and not by FAILED, paid before or not", () => {
    for (const receipts of [none, before]) {
      const waiting = reusable(states.awaiting_payment, { receipts });
      expect(decide(waiting, update({ outcome: "expired" }))).toMatchObject({ to: { status: "expired" } });
      expect(decide(waiting, update({ outcome: "failed" })).kind).toBe("ignore");
    }
  });
});

describe("decide on a FAILED", () => {
  const failed = update({ outcome: "failed" });

  test("ends a paylater payment on FAILED", () => {
    expect(decide(context(states.awaiting_payment), failed)).toMatchObject({
      kind: "move",
      to: { status: "failed", reason: "declined" },
      receipt: false,
    });
    expect(decide(context(states.requested), failed)).toMatchObject({ to: { status: "failed" } });
  });

  test("keeps a payment code open after FAILED, because the till still accepts it", () => {
    const decision = decide(context(states.awaiting_payment, { failedIsFinal: false }), failed);
    expect(decision).toEqual({ kind: "ignore", because: "code_still_payable" });
  });

  test.each([
    ["paid", "already_paid"],
    ["expired", "already_closed"],
    ["cancelled", "already_closed"],
    ["failed", "already_closed"],
    ["refunded", "already_closed"],
  ] as const)("changes nothing when %s: %s", (status, because) => {
    expect(decide(context(states[status]), failed)).toEqual({ kind: "ignore", because });
  });
});

describe("decide on an EXPIRED", () => {
  const expired = update({ source: "status_check", outcome: "expired" });
  const once = { count: 1, includesThis: false, unconfirmed: undefined };

  test.each(["requested", "awaiting_payment"] as const)("expires a payment that is %s", (status) => {
    const to = { status: "expired", at: expired.at };
    const ended = { kind: "move", to, receipt: false, paidLate: false, cases: [] };
    expect(decide(context(states[status]), expired)).toEqual(ended);
  });

  test.each([
    ["paid", once, "already_paid"],
    ["refunded", once, "already_paid"],
    ["expired", none, "already_closed"],
    ["cancelled", none, "already_closed"],
    ["failed", none, "already_closed"],
  ] as const)("changes nothing when %s", (status, receipts, because) => {
    expect(decide(context(states[status], { receipts }), expired)).toEqual({ kind: "ignore", because });
  });
});

describe("decide on a REFUNDED", () => {
  const refunded = update({ source: "status_check", outcome: "refunded" });
  test("moves a payment out of `paid` only on REFUNDED", () => {
    const receipts = { count: 1, includesThis: false, unconfirmed: undefined };
    expect(decide(context(states.paid, { receipts }), refunded)).toMatchObject({
      kind: "move",
      to: { status: "refunded" },
    });
    for (const outcome of ["failed", "expired", "pending"] as const) {
      expect(decide(context(states.paid, { receipts }), update({ outcome })).kind).toBe("ignore");
    }
    expect(decide(context(states.refunded, { receipts }), refunded)).toEqual({
      kind: "ignore",
      because: "already_closed",
    });
  });
});

describe("decide on an update without news", () => {
  test("ignores a PENDING in every state", () => {
    for (const state of Object.values(states)) {
      const decision = decide(context(state), update({ outcome: "pending" }));
      expect(decision).toEqual({ kind: "ignore", because: "still_pending" });
    }
  });

  test("ignores a differing amount that opened a case before", () => {
    const wrong = update({ amount: Rupiah.parse(1) });
    const reviewed = [{ case: "amount_differs", ...wrong } as const];
    expect(decide(context(states.awaiting_payment, { reviewed }), wrong)).toEqual({
      kind: "ignore",
      because: "already_a_case",
    });
  });
});

describe("decide on updates in any order", () => {
  type Message = { outcome: PaymentUpdate["outcome"]; identity: string };
  const kinds: Message[] = [
    { outcome: "success", identity: "one" },
    { outcome: "success", identity: "one" },
    { outcome: "failed", identity: "f" },
    { outcome: "expired", identity: "e" },
    { outcome: "pending", identity: "p" },
  ];

  test("ends with the same receipts for every order of five updates", () => {
    for (const order of permutations(kinds)) {
      expect(run(order, states.awaiting_payment)).toEqual({ status: "paid", receipts: 1 });
      expect(run(order, states.requested)).toEqual({ status: "paid", receipts: 1 });
    }
  });

  /** Applies decisions as the database would. */
  function run(messages: Message[], from: PaymentState) {
    let state = from;
    const seen = new Set<string>();
    for (const { outcome, identity } of messages) {
      const receipts = { count: seen.size, includesThis: seen.has(identity), unconfirmed: undefined };
      const decision: Decision = decide(context(state, { receipts }), update({ outcome, identity }));
      if (decision.kind !== "move") continue;
      state = decision.to ?? state;
      if (decision.receipt) seen.add(identity);
    }
    return { status: state.status, receipts: seen.size };
  }

  function permutations<T>(items: T[]): T[][] {
    if (items.length <= 1) return [items];
    return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
  }
});
