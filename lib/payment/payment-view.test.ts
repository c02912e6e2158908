import { describe, expect, test } from "vitest";
import type { HowToPay } from "./how-to-pay";
import { OrderId } from "./order-id";
import type { PaymentState } from "./payment";
import { PaymentCode } from "./payment-code";
import { canStartAgain, isFinal, isPayable, toPaymentView } from "./payment-view";
import type { ViewedOrder, ViewedPayment } from "./payment-view";
import { Rupiah } from "./rupiah";

const now = new Date("2026-11-21T10:00:00Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const code = PaymentCode.parse("6059000000000205");
const waiting = (expiresAt: Date): PaymentState => ({
  status: "awaiting_payment",
  means: { kind: "code", code },
  expiresAt,
});

function aView(payment: Partial<ViewedPayment>, order: Partial<ViewedOrder> = {}) {
  const shown: ViewedPayment = {
    state: waiting(later(600)),
    channel: "alfa",
    expiresAt: later(600),
    paidAt: undefined,
    paidLate: false,
    code,
    hasLink: false,
    isLinkBlocked: false,
    howToPayPage: undefined,
    howToPay: undefined,
    startedAt: later(-5),
    lastCheck: undefined,
    isSelfHosted: false,
    can: { extend: true, cancel: true, amount: true, details: true, validity: true, reuse: true },
    reuse: undefined,
    change: undefined,
    ...payment,
  };
  const id = OrderId.parse("AAAAAAAAAAAAAAAAAAAAAA");
  const amount = Rupiah.parse(92_000);
  return toPaymentView(
    {
      ...{ id, version: 1, amount, paidAt: undefined, payment: shown },
      ...{ underReview: false, received: undefined, returned: false },
      ...order,
    },
    now,
  );
}

describe("toPaymentView", () => {
  const unseen = {
    code: undefined,
    hasLink: false,
    isLinkBlocked: false,
    howToPayPage: undefined,
    howToPay: undefined,
    secondsLeft: undefined,
    paidLate: false,
    timesPaid: undefined,
    lastPaidAt: undefined,
    failure: undefined,
    received: undefined,
    returned: false,
    underReview: false,
    preparingFor: undefined,
    lastCheck: undefined,
    change: undefined,
  };
  const nothing = { changeMethod: false, extend: false, cancel: false };

  test("shows only the order when there is no payment", () => {
    expect(aView({}, { payment: undefined })).toEqual({
      ...unseen,
      orderId: "AAAAAAAAAAAAAAAAAAAAAA",
      version: 1,
      amount: 92_000,
      status: "unstarted",
      channel: undefined,
      expiresAt: undefined,
      paidAt: undefined,
      can: nothing,
    });
  });

  const howToPay: HowToPay[] = [{ language: "id", channel: "Alfamart", steps: ["Datang ke kasir"] }];

  test("shows an open code with DOKU's page and steps about it, and its time left", () => {
    expect(aView({ howToPayPage: "https://doku.com/how", howToPay })).toMatchObject({
      ...unseen,
      status: "awaiting_payment",
      channel: "alfa",
      code,
      howToPayPage: "https://doku.com/how",
      howToPay,
      expiresAt: later(600).toISOString(),
      secondsLeft: 600,
    });
    expect(aView({ state: waiting(later(-1)), expiresAt: later(-1) })).toMatchObject({
      ...unseen,
      status: "time_up",
    });
  });

  test.each<[string, Partial<ViewedPayment>, Partial<ViewedOrder>]>([
    ["its time is up", { state: waiting(later(-1)), expiresAt: later(-1) }, {}],
    ["it is being cancelled", { change: { kind: "cancel", status: "asked" } }, {}],
    ["money is under review", {}, { underReview: true }],
    ["it is paid", { state: { status: "paid", paidAt: now } }, {}],
  ])("shows no steps for a code that must not be paid: %s", (_, payment, order) => {
    const view = aView({ howToPayPage: "https://doku.com/how", howToPay, ...payment }, order);
    expect(view).toMatchObject({ code: undefined, howToPayPage: undefined, howToPay: undefined });
  });

  test("shows what came in only where it is not the amount that was asked for", () => {
    const underReview = true;
    expect(aView({}, { underReview, received: Rupiah.parse(50_000) })).toMatchObject({
      received: 50_000,
      code: undefined,
    });
    expect(aView({}, { underReview, received: Rupiah.parse(92_000) }).received).toBeUndefined();
    expect(aView({}, { underReview, received: undefined }).received).toBeUndefined();
  });

  test("says that the payment page may not be opened only while the shopper could open it", () => {
    const blocked = { hasLink: false, isLinkBlocked: true, code: undefined };
    expect(aView(blocked)).toMatchObject({ hasLink: false, isLinkBlocked: true });
    expect(aView(blocked, { underReview: true }).isLinkBlocked).toBe(false);
    expect(aView({ ...blocked, state: { status: "paid", paidAt: now } }).isLinkBlocked).toBe(false);
  });

  test("shows that there is a payment page, but not while money is under review", () => {
    expect(aView({ hasLink: true, code: undefined }).hasLink).toBe(true);
    expect(aView({ hasLink: true }, { underReview: true })).toMatchObject({
      hasLink: false,
      code: undefined,
    });
    expect(aView({ hasLink: true, state: { status: "paid", paidAt: now } }).hasLink).toBe(false);
  });

  test.each<[PaymentState, { startsAgain: boolean; isLast: boolean }]>([
    [
      { status: "paid", paidAt: now },
      { startsAgain: false, isLast: true },
    ],
    [
      { status: "refunded", at: now },
      { startsAgain: false, isLast: true },
    ],
    [
      { status: "expired", at: now },
      { startsAgain: true, isLast: false },
    ],
    [
      { status: "cancelled", at: now },
      { startsAgain: true, isLast: false },
    ],
    [
      { status: "failed", at: now, reason: "declined" },
      { startsAgain: true, isLast: false },
    ],
    [{ status: "requested" }, { startsAgain: false, isLast: false }],
    [waiting(later(600)), { startsAgain: false, isLast: false }],
  ])("says for $status whether the shopper may start again and whether it is final", (state, expected) => {
    const view = aView({ state });
    expect(canStartAgain(view)).toBe(expected.startsAgain);
    expect(canStartAgain({ ...view, underReview: true })).toBe(false);
    expect(isFinal(view.status)).toBe(expected.isLast);
  });

  test("shows when an ended payment was paid and whether late, or why it failed", () => {
    const paid = aView({ state: { status: "paid", paidAt: now }, paidAt: now, paidLate: true });
    expect(paid).toMatchObject({
      status: "paid",
      paidAt: now.toISOString(),
      paidLate: true,
      code: undefined,
    });
    const failed = aView({ state: { status: "failed", at: now, reason: "refused" } });
    expect(failed).toMatchObject({ ...unseen, status: "failed", failure: "refused" });
    expect(aView({ state: { status: "refunded", at: now } }).status).toBe("refunded");
  });
});

describe("the document that the view becomes", () => {
  const contact = { name: "Sari", email: "sari@example.com", phone: "6281234567890" };
  /** More than the view needs, as a row of the database has it. */
  const surplus = { ...contact, contact, paymentUrl: "https://acquirer.example/pay", invoiceNumber: "KB-1" };
  const toDocument = (payment: Partial<ViewedPayment>, order: Partial<ViewedOrder> = {}) =>
    JSON.parse(JSON.stringify(aView({ ...surplus, ...payment }, { ...surplus, ...order })));
  const always = [
    ...["amount", "can", "hasLink", "isLinkBlocked", "orderId", "paidLate", "returned", "status"],
    ...["underReview", "version"],
  ];

  test.each<[string, Partial<ViewedPayment>, string[]]>([
    [
      "open code",
      {
        howToPayPage: "https://doku.com/how",
        howToPay: [{ language: "id", channel: "Alfamart", steps: ["Datang ke kasir"] }],
      },
      ["channel", "code", "expiresAt", "howToPay", "howToPayPage", "secondsLeft"],
    ],
    [
      "reusable code with a change",
      { reuse: { times: 1, last: now }, change: { kind: "extend", status: "done" } },
      ["change", "channel", "code", "expiresAt", "lastPaidAt", "secondsLeft", "timesPaid"],
    ],
    [
      "code that DOKU still makes",
      { state: { status: "requested" } },
      ["channel", "expiresAt", "preparingFor"],
    ],
    [
      "paid code",
      { state: { status: "paid", paidAt: now }, paidAt: now },
      ["channel", "expiresAt", "paidAt"],
    ],
    [
      "failed payment",
      { state: { status: "failed", at: now, reason: "refused" } },
      ["channel", "expiresAt", "failure"],
    ],
    ["cancelled code", { state: { status: "cancelled", at: now } }, ["channel", "expiresAt"]],
  ])("has exactly these keys, and nothing of the customer: %s", (_, payment, keys) => {
    const shown = toDocument(payment);
    expect(Object.keys(shown).toSorted()).toEqual([...always, ...keys].toSorted());
    expect(Object.keys(shown.can).toSorted()).toEqual(["cancel", "changeMethod", "extend"]);
    if (shown.change) expect(Object.keys(shown.change).toSorted()).toEqual(["kind", "status"]);
    for (const hidden of Object.values(contact)) expect(JSON.stringify(shown)).not.toContain(hidden);
  });

  test("has exactly the keys of the order before a method is chosen", () => {
    expect(Object.keys(toDocument({}, { payment: undefined })).toSorted()).toEqual(always.toSorted());
  });
});

describe("the shopper's allowed actions", () => {
  test("are those that the channel supports while the code is open", () => {
    expect(aView({}).can).toEqual({ changeMethod: true, extend: true, cancel: true });
    const fixed = { extend: false, cancel: false };
    const can = { ...fixed, amount: true, details: true, validity: false, reuse: false };
    expect(aView({ can }).can).toEqual({ changeMethod: true, ...fixed });
    expect(aView({ can, isSelfHosted: true }).can.cancel).toBe(true);
  });

  test("are only another method before there is a code and after its expiry", () => {
    const onlyMethod = { changeMethod: true, extend: false, cancel: false };
    expect(aView({ state: { status: "requested" } }).can).toEqual(onlyMethod);
    expect(aView({ state: waiting(later(-1)) }).can).toEqual(onlyMethod);
  });

  test.each<PaymentState>([
    { status: "paid", paidAt: now },
    { status: "expired", at: now },
    { status: "cancelled", at: now },
  ])("are none once the payment is $status", (state) => {
    expect(aView({ state }).can).toEqual({ changeMethod: false, extend: false, cancel: false });
  });

  test("are none while money is under review", () => {
    expect(aView({}, { underReview: true }).can).toEqual({
      changeMethod: false,
      extend: false,
      cancel: false,
    });
  });

  test("include no second change while DOKU has not answered the first", () => {
    const { can } = aView({ change: { kind: "extend", status: "asked" } });
    expect(can).toEqual({ changeMethod: true, extend: false, cancel: false });
  });
});

describe("the view of a code with a change", () => {
  test("hides the code once a cancel was requested, because DOKU may have cancelled it", () => {
    const view = aView({ change: { kind: "cancel", status: "asked" } });
    expect(view).toMatchObject({ status: "awaiting_payment", code: undefined });
    expect(isPayable(view)).toBe(false);
  });

  test.each([
    { kind: "cancel", status: "refused" },
    { kind: "extend", status: "asked" },
    { kind: "extend", status: "done" },
    { kind: "extend", status: "refused" },
  ] as const)("stays payable: $kind $status", (change) => {
    const view = aView({ change });
    expect(view).toMatchObject({ code, change });
    expect(isPayable(view)).toBe(true);
  });

  test("hides changes once the time is up or the code is paid", () => {
    const change = { kind: "extend", status: "done" } as const;
    expect(aView({ change, state: waiting(later(-1)) }).change).toBeUndefined();
    expect(aView({ change, state: { status: "paid", paidAt: now } }).change).toBeUndefined();
  });
});

describe("the view of a reusable code", () => {
  const last = later(-60);

  test("shows how often and when last it was paid, and keeps showing the code", () => {
    expect(aView({ reuse: { times: 3, last } })).toMatchObject({
      status: "awaiting_payment",
      code,
      timesPaid: 3,
      lastPaidAt: last.toISOString(),
    });
    expect(aView({ reuse: { times: 0, last: undefined } })).toMatchObject({ timesPaid: 0, code });
  });

  test("offers no extension, cancel or other method in any state", () => {
    const nothing = { changeMethod: false, extend: false, cancel: false };
    const states: PaymentState[] = [
      waiting(later(600)),
      waiting(later(-1)),
      { status: "requested" },
      { status: "expired", at: now },
      { status: "cancelled", at: now },
    ];
    for (const state of states) {
      const view = aView({ state, reuse: { times: 1, last } });
      expect(view.can).toEqual(nothing);
      expect(canStartAgain(view)).toBe(false);
    }
    expect(canStartAgain(aView({ state: { status: "expired", at: now } }))).toBe(true);
  });

  test("shows a number of payments for reusable codes only", () => {
    expect(aView({})).toMatchObject({ timesPaid: undefined, lastPaidAt: undefined });
  });
});

test("counts the seconds of preparing by the server's clock", () => {
  const state: PaymentState = { status: "requested" };
  expect(aView({ state, startedAt: later(-21) }).preparingFor).toBe(21);
  expect(aView({ state, startedAt: later(3) }).preparingFor).toBe(0);
  expect(aView({}).preparingFor).toBeUndefined();
});

test("says when DOKU was asked last and is asked next, while money is expected", () => {
  const lastCheck = { at: later(-40), isAnswered: true, nextAt: later(80) };
  expect(aView({ lastCheck }).lastCheck).toEqual({ secondsAgo: 40, isAnswered: true, nextInSeconds: 80 });
  expect(aView({ lastCheck: { ...lastCheck, nextAt: later(-1) } }).lastCheck?.nextInSeconds).toBe(0);
  expect(aView({ lastCheck, state: { status: "paid", paidAt: now } }).lastCheck).toBeUndefined();
});
