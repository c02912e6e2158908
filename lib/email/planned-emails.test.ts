import { describe, expect, test } from "vitest";
import { planEmails } from "./planned-emails";
import type { EmailCause } from "./planned-emails";
import { chooseReminderTime } from "./reminder-time";
import { nextTryAt } from "./retries";

const at = new Date("2026-11-21T05:00:00Z");
const after = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
const code = { reusable: false, hasCode: true, expiresAt: after(60) };
const change = (more: Partial<Extract<EmailCause, { source: "payment_event" }>>): EmailCause => ({
  ...{ source: "payment_event", kind: "moved", from: "awaiting_payment", to: "paid", at, payment: code },
  ...more,
});
const kinds = (cause: EmailCause) => planEmails(cause).map(({ kind }) => kind);

describe("planEmails", () => {
  test("plans the code and a reminder of its deadline", () => {
    const issued = change({ kind: "code_issued", from: "requested", to: "awaiting_payment" });
    expect(planEmails(issued)).toEqual([
      { kind: "code_made", occasion: "", dueAt: at },
      { kind: "code_ending", occasion: after(60).toISOString(), dueAt: after(45) },
    ]);
  });

  test("plans another reminder for another deadline", () => {
    const payment = { ...code, expiresAt: after(120) };
    const extended = change({ kind: "extended", to: "awaiting_payment", payment });
    expect(planEmails(extended)).toEqual([
      { kind: "code_ending", occasion: after(120).toISOString(), dueAt: after(90) },
    ]);
  });

  test.each<[string, EmailCause, string[]]>([
    ["a payment", change({}), ["paid"]],
    ["money that was given back", change({ from: "paid", to: "refunded" }), ["refunded"]],
    ["money for a top-up code", { source: "receipt", receiptId: "1", at }, ["paid"]],
    ["money of another amount", { source: "case_opened", kind: "amount_differs", at }, ["under_review"]],
    ["an unusable answer of DOKU", { source: "case_opened", kind: "conflicting_answer", at }, []],
    ["an expired code", change({ to: "expired" }), []],
    ["a payment that is confirmed", change({ kind: "confirmed", from: null, to: null }), []],
    [
      "a page at the acquirer",
      change({ from: "requested", to: "awaiting_payment", payment: { ...code, hasCode: false } }),
      [],
    ],
    [
      "a top-up code, which has no reminder",
      change({ from: "requested", to: "awaiting_payment", payment: { ...code, reusable: true } }),
      ["code_made"],
    ],
  ])("plans for %s", (_what, cause, expected) => {
    expect(kinds(cause)).toEqual(expected);
  });
});

test.each([
  [19, undefined],
  [20, 15],
  [60, 45],
  [12 * 60, 9 * 60],
  [3 * 24 * 60, 3 * 24 * 60 - 180],
])("a code of %i minutes gets its reminder after %s", (lasts, expected) => {
  expect(chooseReminderTime(at, after(lasts))).toEqual(expected && after(expected));
});

test("an e-mail that fails is tried ten times, for about a day", () => {
  let [now, tries] = [at, 0];
  for (let next: Date | undefined = now; next; next = nextTryAt(++tries, now, 0)) now = next;
  expect(tries).toBe(10);
  expect((now.getTime() - at.getTime()) / 3_600_000).toBeCloseTo(23.85, 1);
});
