import { describe, expect, test } from "vitest";
import { sql } from "drizzle-orm";
import type { PaymentRow } from "@/db/queries/orders";
import type { StatusOutcome } from "@/lib/doku/outcome";
import { closeCase } from "./close-case";
import { closeOpenCase } from "@/db/queries/cases";
import { reconcileDue } from "../reconciliation/reconcile-due";
import { rematchOrphans } from "../notifications/rematch-orphans";
import { aPayment, deliver, notificationBody, statusReplyLike } from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";
import { count } from "@/test/stored";

setupTestContext();

const countOpenCases = () => count("cases", "closed_at is null");
const asked = () => count("payment_events", "kind = 'needs_review'");

/** Only the cases: what a decision does to their payments is tested in close-case.db.test.ts. */
async function closeAll() {
  const closing = { closedBy: "owner@example.com", note: "Seen", resolution: "noted" } as const;
  const closed = { ...closing, closedAt: context.deps.now(), returnedOn: null, returnedHow: null };
  for (const { id } of await database.db.query.cases.findMany())
    await database.db.transaction((tx) => closeOpenCase(tx, id, closed));
}

/** DOKU's status of a payment, without the identifiers that its notification carries. */
function reportStatus(payment: PaymentRow, change: Parameters<typeof notificationBody>[1]): StatusOutcome {
  const { online_to_offline_payment: _, ...body } = JSON.parse(notificationBody(payment, change));
  return statusReplyLike(JSON.stringify(body));
}

/** Makes the status check that is due a day later. */
async function checkNextDay() {
  context.advanceClock(25 * 60 * 60);
  await reconcileDue(context.deps);
}

const known = { verdict: "ignored", reason: "already_a_case" };

describe("a case about an amount that differs", () => {
  test("opens one case for an amount that differs, however often notifications and status checks repeat it", async () => {
    const payment = await aPayment(context);
    const wrong = notificationBody(payment, { amount: 1 });
    const first = await Promise.all([
      deliver(context, wrong),
      deliver(context, wrong),
      deliver(context, wrong),
    ]);
    expect(first.filter(({ verdict }) => verdict === "amount_differs")).toHaveLength(1);
    await closeAll();
    expect(await deliver(context, wrong)).toEqual(known);
    context.status = () => reportStatus(payment, { amount: 1 });
    await checkNextDay();
    await checkNextDay();
    expect(context.statusChecks.length).toBeGreaterThan(1);
    expect([await countOpenCases(), await count("cases"), await asked()]).toEqual([0, 1, 1]);
  });

  test("opens one case for an amount that differs when a status check reports it first", async () => {
    const payment = await aPayment(context);
    context.status = () => reportStatus(payment, { amount: 1 });
    await checkNextDay();
    expect(await countOpenCases()).toBe(1);
    await closeAll();
    await checkNextDay();
    expect(await deliver(context, notificationBody(payment, { amount: 1 }))).toEqual(known);
    expect([await countOpenCases(), await count("cases"), await asked()]).toEqual([0, 1, 1]);
  });

  test("opens a second case for another payment with another amount after the first case was closed", async () => {
    const payment = await aPayment(context);
    const [one, two, three] = ["1", "2", "3"].map((trx) => notificationBody(payment, { amount: 1, trx }));
    await deliver(context, one ?? "");
    await deliver(context, two ?? "");
    expect(await count("cases")).toBe(1);
    await closeAll();
    // The second update is known from the first case; the third is new.
    expect(await deliver(context, two ?? "")).toEqual(known);
    expect(await countOpenCases()).toBe(0);
    expect(await deliver(context, three ?? "")).toMatchObject({ verdict: "amount_differs" });
    await closeAll();
    await deliver(context, notificationBody(payment, { amount: 2 }));
    expect([await countOpenCases(), await count("cases"), await asked()]).toEqual([1, 3, 4]);
  });
});

test("opens one case for what looks like a second payment of a one-time code, also after it was closed", async () => {
  const payment = await aPayment(context);
  await deliver(context, notificationBody(payment));
  const second = notificationBody(payment, { trx: "2" });
  expect(await deliver(context, second)).toMatchObject({ verdict: "needs_review" });
  await closeAll();
  expect(await deliver(context, second)).toEqual(known);
  expect([await countOpenCases(), await count("cases"), await asked()]).toEqual([0, 1, 1]);
});

test("opens one case and records one event for a conflicting answer that is repeated", async () => {
  const conflict = {
    outcome: "unknown",
    because: "conflict",
    httpStatus: 409,
    error: undefined,
    text: "{}",
  } as const;
  context.answers = [conflict, conflict, conflict, conflict];
  await aPayment(context);
  const again = async () => {
    context.advanceClock(31);
    await reconcileDue(context.deps);
  };
  await again();
  await closeAll();
  await again();
  await again();
  expect(context.sent).toHaveLength(4);
  expect([await countOpenCases(), await count("cases")]).toEqual([0, 1]);
  expect(await count("payment_events", "kind = 'outcome_unknown'")).toBe(1);
});

describe("a case about an orphan", () => {
  const stranger = (trx = "1", status = "SUCCESS") =>
    notificationBody({ invoiceNumber: "KB-000000-YATIM000", amount: 1 } as never, { trx, status });

  test("opens one case for orphans with the same content, and keeps it closed", async () => {
    await Promise.all([deliver(context, stranger()), deliver(context, stranger())]);
    await deliver(context, ` ${stranger()}`);
    expect(await countOpenCases()).toBe(1);
    await closeAll();
    await deliver(context, stranger());
    expect([await countOpenCases(), await count("cases"), await count("notifications")]).toEqual([0, 1, 4]);
  });

  test("opens another case for an orphan about another payment or another outcome", async () => {
    for (const body of [stranger(), stranger("2"), stranger("1", "FAILED"), "no json", "no json", "nor this"])
      await deliver(context, body);
    expect(await count("cases", "kind = 'orphan' and subject is not null")).toBe(5);
  });

  test("matches an orphan whose case was closed when its order is restored", async () => {
    const payment = await aPayment(context);
    const unknown = payment.invoiceNumber.replace("KB-", "LOST-");
    await database.db.execute(sql`update payments set invoice_number = ${unknown}`);
    await deliver(context, notificationBody(payment));
    const [opened] = await database.db.query.cases.findMany();
    const close = (note: string) =>
      closeCase(context.deps, {
        ...{ caseId: opened?.id ?? "", note, actor: "staff:sri", by: "sri" },
        decision: { act: "note" },
      });
    expect(await close(" ")).toEqual({ outcome: "note_missing" });
    expect(await close("Unknown to us")).toEqual({ outcome: "closed" });
    expect(await close("Twice")).toEqual({ outcome: "already_closed" });
    await database.db.execute(sql`update payments set invoice_number = ${payment.invoiceNumber}`);
    expect(await rematchOrphans(context.deps)).toBe(1);
    expect(await count("payments", "status = 'paid'")).toBe(1);
    expect(await count("cases", "note = 'Unknown to us' and closed_by = 'sri'")).toBe(1);
  });
});
