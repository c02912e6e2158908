import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { payments } from "@/db/schema";
import { listEvents } from "@/db/queries/webhooks/events";
import { insertEndpoint } from "@/db/queries/webhooks/endpoints";
import { failAtCommit, allowCommit, clearAtCommit } from "@/test/database/at-commit";
import { aPayment, deliver, newestPayment, notificationBody, start } from "@/test/context";
import { count } from "@/test/stored";
import { context, database, setupTestContext } from "@/test/setup-context";
import { supersedePayment } from "../checkout/supersede-payment";
import { closeCase } from "../cases/close-case";
import { announceEvents } from "./announce-events";
import type { RenderData } from "./announce-events";

setupTestContext();
clearAtCommit();

const render: RenderData = (one, session) => ({ type: one.type, version: session?.order.version ?? 0 });
const announce = async (most?: number) =>
  (await announceEvents(context.deps, render, { ...(most !== undefined && { most }) })).rows;
const listTypes = async () =>
  (await listEvents(database.db, { most: 100 })).map(({ type }) => type).toSorted();
const addEndpoint = (more: object = {}) =>
  insertEndpoint(database.db, {
    id: `we_${context.deps.newId()}`,
    url: "https://shop.example/hooks",
    secret: "whsec_AAAA",
    createdBy: "staff:1",
    createdAt: context.deps.now(),
    ...more,
  });

describe("events", () => {
  test("tell a code and its payment, each once, however many processes make them", async () => {
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment));
    await deliver(context, notificationBody(payment));
    await Promise.all([announce(), announce(), announce()]);
    expect(await listTypes()).toEqual(["checkout_session.paid", "payment.code_issued"]);
    expect(await count("outbox")).toBe(0);
    expect(await announce()).toBe(0);
  });

  test("tell an order as paid again when money comes after the refund of another payment", async () => {
    const first = await aPayment(context);
    await supersedePayment(context.deps, first.orderId);
    await start(context, first.orderId, "indomaret");
    const second = await newestPayment(context, first.orderId);
    await deliver(context, notificationBody(first));
    await deliver(context, notificationBody(first, { status: "REFUNDED" }));
    await deliver(context, notificationBody(second));
    await announce();
    const told = (await listTypes()).filter((type) => type.startsWith("checkout_session."));
    expect(told).toEqual(["checkout_session.paid", "checkout_session.paid", "checkout_session.refunded"]);
  });

  test("tell an order as paid by other money than that whose refund came first", async () => {
    const first = await aPayment(context);
    await deliver(context, notificationBody(first, { status: "REFUNDED" }));
    await start(context, first.orderId, "indomaret");
    const second = await newestPayment(context, first.orderId);
    await deliver(context, notificationBody(first));
    await deliver(context, notificationBody(second));
    await announce();
    const told = (await listTypes()).filter((type) => type.startsWith("checkout_session."));
    expect(told).toEqual(["checkout_session.paid", "checkout_session.paid", "checkout_session.refunded"]);
  });

  test("are made a few at a time, and none is left", async () => {
    await aPayment(context);
    const rows = (await count("outbox")) ?? 0;
    expect(rows).toBeGreaterThan(1);
    for (let left = rows; left > 0; left -= 1) expect(await announce(1)).toBe(1);
    expect(await announce(1)).toBe(0);
    expect(await listTypes()).toEqual(["payment.code_issued"]);
  });

  test("have data that is as new as the fact", async () => {
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment));
    await announce();
    const [paid] = await listEvents(database.db, { type: "checkout_session.paid", most: 1 });
    const { data, timestamp } = JSON.parse(paid?.body ?? "{}");
    const order = await newestPayment(context, payment.orderId);
    expect(data.version).toBeGreaterThanOrEqual(4);
    expect(timestamp).toBe(order.paidAt?.toISOString());
  });

  test("of money of another amount are told, and the case that a person closes", async () => {
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment, { amount: 1000 }));
    await announce();
    expect(await listTypes()).toEqual(["case.opened", "payment.amount_differs", "payment.code_issued"]);
    const opened = await database.db.query.cases.findFirst();
    const decided = { note: "As agreed", actor: "staff:owner", by: "owner@example.com" } as const;
    await closeCase(context.deps, { caseId: opened?.id ?? "", decision: { act: "accept" }, ...decided });
    await announce();
    expect(await listTypes()).toEqual([
      ...["case.closed", "case.opened", "checkout_session.paid", "payment.amount_differs"],
      "payment.code_issued",
    ]);
  });

  test("without a commit there is no event, and no event without one", async () => {
    const payment = await aPayment(context);
    await announce();
    await failAtCommit("payment_events");
    await expect(deliver(context, notificationBody(payment))).rejects.toThrow();
    await allowCommit();
    expect(await announce()).toBe(0);
    await deliver(context, notificationBody(payment));
    await failAtCommit("api_events");
    await expect(announce()).rejects.toThrow();
    await allowCommit();
    await announce();
    expect(await listTypes()).toEqual(["checkout_session.paid", "payment.code_issued"]);
  });

  test("go to the endpoints that are on and want them", async () => {
    await addEndpoint();
    await addEndpoint({ types: ["checkout_session.paid"] });
    await addEndpoint({ disabledAt: context.deps.now(), disabledBecause: "merchant" });
    await addEndpoint({ deletedAt: context.deps.now() });
    const payment = await aPayment(context);
    await deliver(context, notificationBody(payment));
    await announce();
    expect(await count("webhook_deliveries")).toBe(3);
  });

  test("of each payment of a top-up code are told, and no paid session", async () => {
    const payment = await aPayment(context);
    await database.db.update(payments).set({ reusable: true }).where(eq(payments.id, payment.id));
    await deliver(context, notificationBody(payment, { trx: "1" }));
    await deliver(context, notificationBody(payment, { trx: "2", date: "2026-11-21T05:20:00Z" }));
    await announce();
    expect(await listTypes()).toEqual(["payment.code_issued", "top_up.received", "top_up.received"]);
  });
});
