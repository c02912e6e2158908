import { describe, expect, test } from "vitest";
import { sql } from "drizzle-orm";
import { reconcileDue } from "../reconciliation/reconcile-due";
import { rematchOrphans } from "./rematch-orphans";
import { aPayment, deliver, notificationBody, statusReply } from "@/test/context";
import type { TestContext } from "@/test/context";
import { setupTestContext, database, context } from "@/test/setup-context";
import { count, findStatus } from "@/test/stored";

setupTestContext();

describe("rematchOrphans", () => {
  test("applies an orphan once when its order is restored, and keeps the stored message unchanged", async () => {
    const payment = await aPayment(context);
    const body = notificationBody(payment);
    const unknown = payment.invoiceNumber.replace("KB-", "LOST-");
    await database.db.execute(sql`update payments set invoice_number = ${unknown}`);
    expect(await deliver(context, body)).toMatchObject({ verdict: "orphan" });
    expect(await rematchOrphans(context.deps)).toBe(0);
    await database.db.execute(sql`update payments set invoice_number = ${payment.invoiceNumber}`);
    expect(await rematchOrphans(context.deps)).toBe(1);
    expect(await rematchOrphans(context.deps)).toBe(0);
    expect(await findStatus(payment.id)).toBe("paid");
    expect(await count("notifications", "verdict = 'orphan'")).toBe(1);
    expect(await count("notification_matches", "verdict = 'applied'")).toBe(1);
    expect(await deliver(context, body)).toMatchObject({ verdict: "repeat" });
    expect(await count("receipts", "notification_id is not null")).toBe(1);
  });
});

test("a stale orphan waits for a status check like any stale message", async () => {
  const payment = await aPayment(context);
  const unknown = payment.invoiceNumber.replace("KB-", "LOST-");
  await database.db.execute(sql`update payments set invoice_number = ${unknown}`);
  const old = { timestamp: "2026-11-19T05:00:00Z" };
  expect(await deliver(context, notificationBody(payment), old)).toMatchObject({ verdict: "orphan" });
  await database.db.execute(sql`update payments set invoice_number = ${payment.invoiceNumber}`);
  expect(await rematchOrphans(context.deps)).toBe(1);
  expect(await rematchOrphans(context.deps)).toBe(0);
  expect(await findStatus(payment.id)).toBe("awaiting_payment");
  expect(await count("notification_matches", "reason = 'waits_for_check'")).toBe(1);
  context.status = () => statusReply(payment, "SUCCESS");
  context.advanceClock(1);
  await reconcileDue(context.deps);
  expect(await findStatus(payment.id)).toBe("paid");
});

describe("a message that our code fails on", () => {
  /** As if the channel had been removed from the registry. */
  const breakIt = (id: string, channel: string) =>
    database.owner.db.execute(sql`update payments set channel = ${channel} where id = ${id}`);

  test("is stored and tried again later, without delaying others", async () => {
    const [poisoned, other] = [await aPayment(context), await aPayment(context)];
    await breakIt(poisoned.id, "gone");
    expect(await deliver(context, notificationBody(poisoned))).toEqual({
      verdict: "orphan",
      reason: "not_applied",
    });
    expect(await deliver(context, notificationBody(other))).toMatchObject({ verdict: "applied" });
    expect(await rematchOrphans(context.deps)).toBe(0);
    await breakIt(poisoned.id, "alfa");
    expect(await rematchOrphans(context.deps)).toBe(1);
    expect(await findStatus(poisoned.id)).toBe("paid");
    expect(await rematchOrphans(context.deps)).toBe(0);
  });

  test("does not keep other orphans from being matched", async () => {
    const [poisoned, other] = [await aPayment(context), await aPayment(context)];
    for (const payment of [poisoned, other]) {
      await breakIt(payment.id, "gone");
      await deliver(context, notificationBody(payment));
    }
    await breakIt(other.id, "alfa");
    expect(await rematchOrphans(context.deps)).toBe(1);
    expect(await findStatus(other.id)).toBe("paid");
  });

  test("is not stored while the database is unavailable, so that DOKU sends it again", async () => {
    const payment = await aPayment(context);
    const away = Object.assign(new Error("away"), { code: "ECONNREFUSED" });
    const deps = { ...context.deps, db: failing(context.deps.db, away) };
    await expect(deliver({ ...context, deps }, notificationBody(payment))).rejects.toThrow("away");
    expect(await count("notifications")).toBe(0);
  });
});

/** A database whose every statement fails. */
const failing = (db: TestContext["deps"]["db"], error: Error): TestContext["deps"]["db"] =>
  new Proxy(db, {
    get: () => () => {
      throw error;
    },
  });
