import { describe, expect, test } from "vitest";
import { canRequest, changeKinds, decideChange } from "./change-request";
import type { ChangeDecision, ChangeRequest, ChangeablePayment } from "./change-request";
import { paymentStatuses } from "./payment";
import { Rupiah } from "./rupiah";

const rupiah = (amount: number) => Rupiah.parse(amount);
const every = { cancel: true, extend: true, amount: true, details: true };
const none = { cancel: false, extend: false, amount: false, details: false };
const running: ChangeablePayment = {
  status: "awaiting_payment",
  hasCode: true,
  isSuperseded: false,
  reusable: false,
  isSelfHosted: false,
  can: every,
};
const limits = {
  amount: rupiah(150_000),
  min: rupiah(10_000),
  max: rupiah(2_500_000),
  fixedShares: 0,
  hasEmail: true,
};
type Context = Parameters<typeof decideChange>[0];
const context = (change: Partial<Context> = {}): Context => ({
  order: { isPaid: false, isUnderReview: false },
  payment: running,
  open: undefined,
  limits,
  ...change,
});
const of = (payment: Partial<ChangeablePayment>, change: Partial<Context> = {}) =>
  context({ payment: { ...running, ...payment }, ...change });

const details = { name: "Sari", email: "sari@example.com", info: "Iuran" };
const requests = {
  cancel: { kind: "cancel" },
  extend: { kind: "extend" },
  amount: { kind: "amount", amount: rupiah(120_000) },
  details: { kind: "details", details },
  replace: { kind: "replace" },
} as const satisfies Record<ChangeRequest["kind"], ChangeRequest>;
const all = Object.values(requests);
const codeChanges = changeKinds.map((kind) => requests[kind]);

const reject = (because: Extract<ChangeDecision, { kind: "reject" }>["because"]) => ({
  kind: "reject",
  because,
});
const actors = ["shopper", "staff", "api_key", "system"] as const;
const merchants = ["staff", "api_key"] as const;
const others = ["shopper", "system"] as const;

describe("a change of a code that DOKU holds", () => {
  test.each(actors)("is asked of DOKU, whoever wishes it: %s", (actor) => {
    for (const request of codeChanges)
      expect(decideChange(context(), actor, request)).toEqual({ kind: "ask_doku" });
  });

  test("is not possible where DOKU has no call for it", () => {
    for (const request of codeChanges) {
      expect(decideChange(of({ can: none }), "staff", request)).toEqual(reject("not_changeable"));
      const only = { ...none, [request.kind]: true };
      expect(decideChange(of({ can: only }), "staff", request)).toEqual({ kind: "ask_doku" });
    }
  });

  test.each(paymentStatuses.filter((status) => status !== "awaiting_payment"))(
    "is not possible when the payment is %s",
    (status) => {
      for (const request of codeChanges)
        expect(decideChange(of({ status }), "staff", request)).toEqual(reject("not_changeable"));
    },
  );

  test("is not possible without a code or a payment", () => {
    for (const request of codeChanges) {
      expect(decideChange(of({ hasCode: false }), "staff", request)).toEqual(reject("not_changeable"));
      const nothing = context({ payment: undefined, limits: undefined });
      expect(decideChange(nothing, "staff", request)).toEqual(reject("no_payment"));
    }
  });

  test("is not needed once the order is paid", () => {
    const order = { isPaid: true, isUnderReview: false };
    for (const request of all)
      expect(decideChange(context({ order }), "staff", request)).toEqual(reject("already_paid"));
    const nothing = context({ order, payment: undefined, limits: undefined });
    expect(decideChange(nothing, "shopper", requests.cancel)).toEqual(reject("already_paid"));
  });
});

describe("a code that another payment has replaced", () => {
  const order = { isPaid: true, isUnderReview: false };

  test.each(actors)("can still be cancelled, the order paid or not: %s", (actor) => {
    const left = { isSuperseded: true };
    expect(decideChange(of(left), actor, requests.cancel)).toEqual({ kind: "ask_doku" });
    expect(decideChange(of(left, { order }), actor, requests.cancel)).toEqual({ kind: "ask_doku" });
  });

  test("can be changed in no other way", () => {
    for (const kind of ["extend", "amount", "details", "replace"] as const) {
      expect(decideChange(of({ isSuperseded: true }), "staff", requests[kind])).toEqual(
        reject("not_changeable"),
      );
      expect(decideChange(of({ isSuperseded: true }, { order }), "staff", requests[kind])).toEqual(
        reject("already_paid"),
      );
    }
  });
});

describe("a reusable code", () => {
  test.each(merchants)("is changed by the merchant, paid before or not: %s", (actor) => {
    for (const isPaid of [true, false])
      for (const request of codeChanges)
        expect(
          decideChange(of({ reusable: true }, { order: { isPaid, isUnderReview: false } }), actor, request),
        ).toEqual({ kind: "ask_doku" });
  });

  test.each(others)("is changed by nobody else: %s", (actor) => {
    for (const request of all)
      expect(decideChange(of({ reusable: true }), actor, request)).toEqual(reject("not_theirs"));
  });
});

describe("an order whose money a person looks at", () => {
  const order = { isPaid: false, isUnderReview: true };

  test.each(others)("is left alone: %s", (actor) => {
    for (const request of all)
      expect(decideChange(context({ order }), actor, request)).toEqual(reject("under_review"));
  });

  test.each(merchants)("has codes that the merchant may change: %s", (actor) => {
    for (const request of codeChanges)
      expect(decideChange(context({ order }), actor, request)).toEqual({ kind: "ask_doku" });
  });

  test("is freed for another method by nobody: the money has come already", () => {
    for (const actor of actors)
      expect(decideChange(context({ order }), actor, requests.replace)).toEqual(reject("under_review"));
  });
});

describe("a change while DOKU has not answered the one before", () => {
  test("is the same one when it asks for the same", () => {
    for (const request of codeChanges)
      expect(decideChange(context({ open: request }), "staff", request)).toEqual({ kind: "repeat" });
  });

  test("waits when it asks for something else", () => {
    const another = [
      [requests.cancel, requests.extend],
      [requests.amount, { kind: "amount", amount: rupiah(90_000) }],
      [requests.details, { kind: "details", details: { ...details, info: "Lain" } }],
      [requests.details, { kind: "details", details: { ...details, name: "Lain" } }],
      [requests.details, { kind: "details", details: { ...details, email: "lain@example.com" } }],
    ] as const;
    for (const [open, request] of another)
      expect(decideChange(context({ open }), "staff", request)).toEqual(reject("another_change_open"));
  });

  test("does not keep the order from another method", () => {
    const open = requests.cancel;
    expect(decideChange(context({ open }), "shopper", requests.replace)).toEqual({ kind: "apply_here" });
  });
});

describe("a bill that waits here", () => {
  test("is changed here, whatever DOKU could do", () => {
    for (const request of codeChanges)
      expect(decideChange(of({ isSelfHosted: true, can: none }), "staff", request)).toEqual({
        kind: "apply_here",
      });
  });

  test("may lose its e-mail address, which DOKU would keep of a code of its own", () => {
    const bare: ChangeRequest = { kind: "details", details: { ...details, email: "" } };
    expect(decideChange(of({ isSelfHosted: true }), "staff", bare)).toEqual({ kind: "apply_here" });
    expect(decideChange(context(), "staff", bare)).toEqual({
      kind: "invalid",
      fault: { field: "email", because: "kept_by_doku" },
    });
    const without = context({ limits: { ...limits, hasEmail: false } });
    expect(decideChange(without, "staff", bare)).toEqual({ kind: "ask_doku" });
  });
});

describe("another amount", () => {
  const ask = (amount: number, fixedShares = 0) =>
    decideChange(context({ limits: { ...limits, fixedShares } }), "staff", {
      kind: "amount",
      amount: rupiah(amount),
    });

  test.each([
    [9_999, 0, "beyond_limits", 10_000],
    [2_500_001, 0, "beyond_limits", 10_000],
    [99_999, 100_000, "below_shares", 100_000],
    [150_000, 0, "same_amount", 10_000],
  ])("of %d with fixed shares of %d is invalid: %s", (amount, fixedShares, because, least) => {
    expect(ask(amount, fixedShares)).toEqual({
      kind: "invalid",
      fault: { field: "amount", because, least, most: 2_500_000 },
    });
  });

  test.each([
    [10_000, 0],
    [2_500_000, 0],
    [100_000, 100_000],
  ])("of %d with fixed shares of %d is asked of DOKU: both ends count", (amount, fixedShares) => {
    expect(ask(amount, fixedShares)).toEqual({ kind: "ask_doku" });
  });
});

describe("another method", () => {
  test("is free for a payment that is asked for or awaited, with a code or a page", () => {
    for (const payment of [running, { ...running, status: "requested", hasCode: false } as const])
      expect(decideChange(of({ ...payment, can: none }), "shopper", requests.replace)).toEqual({
        kind: "apply_here",
      });
  });

  test.each(["paid", "expired", "cancelled", "failed", "refunded"] as const)(
    "is no change when it is %s",
    (status) => {
      expect(decideChange(of({ status }), "shopper", requests.replace)).toEqual(reject("not_changeable"));
    },
  );
});

test("a page offers what would be done, and no second change beside an open one", () => {
  const contexts = [
    context(),
    of({ can: none }),
    of({ status: "requested" }),
    of({ reusable: true }),
    of({ isSuperseded: true }),
    context({ order: { isPaid: false, isUnderReview: true } }),
    context({ order: { isPaid: true, isUnderReview: false } }),
    context({ open: requests.extend }),
  ];
  for (const each of contexts)
    for (const actor of actors)
      for (const request of all) {
        const { kind } = decideChange(each, actor, request);
        expect(canRequest(each, actor, request.kind)).toBe(kind === "ask_doku" || kind === "apply_here");
      }
});
