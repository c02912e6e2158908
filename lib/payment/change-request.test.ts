import { describe, expect, test } from "vitest";
import { canRequest, changeKinds, decideChange } from "./change-request";
import type { ChangeDecision, ChangeRequest, ChangeablePayment } from "./change-request";
import { paymentStatuses } from "./payment";
import { Rupiah } from "./rupiah";

const rupiah = (amount: number) => Rupiah.parse(amount);
const every = { cancel: true, extend: true, amount: true, details: true, validity: true, reuse: true };
const none = {
  ...{ cancel: false, extend: false, amount: false, details: false, validity: false, reuse: false },
};
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
  mostMinutes: 99_999,
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
  validity: { kind: "validity", validity: { expiresInMinutes: 120, reusable: false } },
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

describe("decideChange for a code that DOKU holds", () => {
  test.each(actors)("sends the change to DOKU for the actor %s", (actor) => {
    for (const request of codeChanges)
      expect(decideChange(context(), actor, request)).toEqual({ kind: "ask_doku" });
  });

  test("rejects a change that DOKU has no call for", () => {
    for (const request of codeChanges) {
      expect(decideChange(of({ can: none }), "staff", request)).toEqual(reject("not_changeable"));
      const only = { ...none, [request.kind]: true };
      expect(decideChange(of({ can: only }), "staff", request)).toEqual({ kind: "ask_doku" });
    }
  });

  test.each(paymentStatuses.filter((status) => status !== "awaiting_payment"))(
    "rejects a change when the payment is %s",
    (status) => {
      for (const request of codeChanges)
        expect(decideChange(of({ status }), "staff", request)).toEqual(reject("not_changeable"));
    },
  );

  test("rejects a change without a code or without a payment", () => {
    for (const request of codeChanges) {
      expect(decideChange(of({ hasCode: false }), "staff", request)).toEqual(reject("not_changeable"));
      const nothing = context({ payment: undefined, limits: undefined });
      expect(decideChange(nothing, "staff", request)).toEqual(reject("no_payment"));
    }
  });

  test("rejects a change once the order is paid", () => {
    const order = { isPaid: true, isUnderReview: false };
    for (const request of all)
      expect(decideChange(context({ order }), "staff", request)).toEqual(reject("already_paid"));
    const nothing = context({ order, payment: undefined, limits: undefined });
    expect(decideChange(nothing, "shopper", requests.cancel)).toEqual(reject("already_paid"));
  });
});

describe("decideChange for a superseded code", () => {
  const order = { isPaid: true, isUnderReview: false };

  test.each(actors)(
    "lets the actor %s cancel a superseded code, whether or not the order is paid",
    (actor) => {
      const left = { isSuperseded: true };
      expect(decideChange(of(left), actor, requests.cancel)).toEqual({ kind: "ask_doku" });
      expect(decideChange(of(left, { order }), actor, requests.cancel)).toEqual({ kind: "ask_doku" });
    },
  );

  test("rejects every other change of a superseded code", () => {
    for (const kind of ["extend", "amount", "details", "validity", "replace"] as const) {
      expect(decideChange(of({ isSuperseded: true }), "staff", requests[kind])).toEqual(
        reject("not_changeable"),
      );
      expect(decideChange(of({ isSuperseded: true }, { order }), "staff", requests[kind])).toEqual(
        reject("already_paid"),
      );
    }
  });
});

describe("decideChange for a reusable code", () => {
  test.each(merchants)("lets the merchant's actor %s change a reusable code, paid before or not", (actor) => {
    const longer = { kind: "validity", validity: { expiresInMinutes: 120, reusable: true } } as const;
    for (const isPaid of [true, false])
      for (const request of codeChanges.map((each) => (each.kind === "validity" ? longer : each)))
        expect(
          decideChange(of({ reusable: true }, { order: { isPaid, isUnderReview: false } }), actor, request),
        ).toEqual({ kind: "ask_doku" });
  });

  test.each(others)("rejects a change of a reusable code by %s", (actor) => {
    for (const request of all)
      expect(decideChange(of({ reusable: true }), actor, request)).toEqual(reject("not_theirs"));
  });
});

describe("decideChange for an order under review", () => {
  const order = { isPaid: false, isUnderReview: true };

  test.each(others)("rejects changes by %s while the order is under review", (actor) => {
    for (const request of all)
      expect(decideChange(context({ order }), actor, request)).toEqual(reject("under_review"));
  });

  test.each(merchants)(
    "lets the merchant's actor %s change codes while the order is under review",
    (actor) => {
      for (const request of codeChanges)
        expect(decideChange(context({ order }), actor, request)).toEqual({ kind: "ask_doku" });
    },
  );

  test("rejects a change of method while the order is under review, because money has come", () => {
    for (const actor of actors)
      expect(decideChange(context({ order }), actor, requests.replace)).toEqual(reject("under_review"));
  });
});

describe("decideChange while a change is open", () => {
  test("repeats the open change when the request is the same", () => {
    for (const request of codeChanges)
      expect(decideChange(context({ open: request }), "staff", request)).toEqual({ kind: "repeat" });
  });

  test("rejects another change while one is open", () => {
    const another = [
      [requests.cancel, requests.extend],
      [requests.amount, { kind: "amount", amount: rupiah(90_000) }],
      [requests.details, { kind: "details", details: { ...details, info: "Lain" } }],
      [requests.details, { kind: "details", details: { ...details, name: "Lain" } }],
      [requests.details, { kind: "details", details: { ...details, email: "lain@example.com" } }],
      [requests.validity, { kind: "validity", validity: { expiresInMinutes: 121, reusable: false } }],
      [requests.validity, { kind: "validity", validity: { expiresInMinutes: 120, reusable: true } }],
    ] as const;
    for (const [open, request] of another)
      expect(decideChange(context({ open }), "staff", request)).toEqual(reject("another_change_open"));
  });

  test("allows a change of method while a change is open", () => {
    const open = requests.cancel;
    expect(decideChange(context({ open }), "shopper", requests.replace)).toEqual({ kind: "apply_here" });
  });
});

describe("decideChange for a self-hosted bill", () => {
  test("applies a change of a self-hosted bill here, whatever DOKU supports", () => {
    for (const request of codeChanges)
      expect(decideChange(of({ isSelfHosted: true, can: none }), "staff", request)).toEqual({
        kind: "apply_here",
      });
  });

  test("removes the e-mail address of a self-hosted bill, but not of a code that DOKU holds", () => {
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

describe("decideChange for an amount", () => {
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
  ])("refuses the amount %d with fixed shares of %d: %s", (amount, fixedShares, because, least) => {
    expect(ask(amount, fixedShares)).toEqual({
      kind: "invalid",
      fault: { field: "amount", because, least, most: 2_500_000 },
    });
  });

  test.each([
    [10_000, 0],
    [2_500_000, 0],
    [100_000, 100_000],
  ])("sends the amount %d with fixed shares of %d to DOKU: limits are inclusive", (amount, fixedShares) => {
    expect(ask(amount, fixedShares)).toEqual({ kind: "ask_doku" });
  });
});

describe("decideChange for how long and how often a code can be paid", () => {
  const ask = (
    payment: Partial<ChangeablePayment>,
    expiresInMinutes: number,
    reusable: boolean,
    isPaid = false,
  ) =>
    decideChange(of(payment, { order: { isPaid, isUnderReview: false } }), "staff", {
      kind: "validity",
      validity: { expiresInMinutes, reusable },
    });
  const invalid = (field: string, because: string) => ({ kind: "invalid", fault: { field, because } });

  test.each([0, 1.5, -60, 100_000, NaN])("refuses %d minutes", (minutes) => {
    expect(ask({}, minutes, false)).toEqual(invalid("lasts", "out_of_range"));
  });

  test.each([1, 99_999])("sends %d minutes to DOKU: limits are inclusive", (minutes) => {
    expect(ask({}, minutes, false)).toEqual({ kind: "ask_doku" });
  });

  test("lets a code be paid more than once, or once again, where the channel has such codes", () => {
    expect(ask({}, 60, true)).toEqual({ kind: "ask_doku" });
    expect(ask({ reusable: true }, 60, false)).toEqual({ kind: "ask_doku" });
    expect(ask({ can: { ...every, reuse: false } }, 60, true)).toEqual(invalid("reusable", "not_offered"));
    expect(ask({ isSelfHosted: true }, 60, true)).toEqual(invalid("reusable", "not_offered"));
  });

  test("refuses to make a code that was paid before one for a single payment", () => {
    expect(ask({ reusable: true }, 60, false, true)).toEqual(invalid("reusable", "paid_before"));
    expect(ask({ reusable: true }, 60, true, true)).toEqual({ kind: "ask_doku" });
  });
});

describe("decideChange for another method", () => {
  test("frees the order of a live payment, with a code or a page", () => {
    for (const payment of [running, { ...running, status: "requested", hasCode: false } as const])
      expect(decideChange(of({ ...payment, can: none }), "shopper", requests.replace)).toEqual({
        kind: "apply_here",
      });
  });

  test.each(["paid", "expired", "cancelled", "failed", "refunded"] as const)(
    "rejects another method when the payment is %s",
    (status) => {
      expect(decideChange(of({ status }), "shopper", requests.replace)).toEqual(reject("not_changeable"));
    },
  );
});

test("canRequest offers what decideChange would allow, and no second change while one is open", () => {
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
