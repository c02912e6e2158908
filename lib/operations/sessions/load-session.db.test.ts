import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Db } from "@/db/database";
import { listSessionIds } from "@/db/queries/sessions";
import { orders, payments } from "@/db/schema";
import type { SessionStatus } from "@/lib/payment/session-status";
import { Rupiah } from "@/lib/payment/rupiah";
import { context, database, setupTestContext } from "@/test/setup-context";
import { aPayment, deliver, notificationBody, start } from "@/test/context";
import { createSession } from "./create-session";
import { loadSession } from "./load-session";

setupTestContext();

async function aSession() {
  const created = await createSession(context.deps, {
    checkoutKey: `api:k1:${context.deps.newId()}`,
    actor: "api_key:k1",
    amount: Rupiah.parse(150_000),
    customer: {},
    metadata: {},
    ...{ reference: undefined, items: undefined, description: undefined, billing: undefined },
    ...{ shipping: undefined, channels: undefined, locale: undefined, expiresAt: undefined },
    ...{ successUrl: undefined, cancelUrl: undefined },
  });
  if (created.outcome !== "created") throw new Error(created.outcome);
  return created.orderId;
}

const list = (status: SessionStatus) => listSessionIds(database.db, { status, most: 10 });

test("a session whose refund came before its payment is listed as refunded alone", async () => {
  const orderId = await aSession();
  await start(context, orderId);
  expect(await list("open")).toEqual([orderId]);
  const refunded = { status: "refunded", closedAt: context.deps.now() } as const;
  await database.db.update(payments).set(refunded).where(eq(payments.orderId, orderId));
  expect(await list("refunded")).toEqual([orderId]);
  for (const other of ["open", "paid", "expired", "cancelled"] as const)
    expect(await list(other)).toEqual([]);
});

test("a payment that comes while a session is read is never older than the session's version", async () => {
  const payment = await aPayment(context);
  const before = await loadSession(context.deps, payment.orderId);
  const pay = () => deliver(context, notificationBody(payment));
  const loaded = await loadSession({ db: beforeOrdersAreRead(database.db, pay) }, payment.orderId);
  expect(loaded?.order.version).toBeGreaterThan(before?.order.version ?? Infinity);
  expect(loaded?.payments).toMatchObject([{ status: "paid" }]);
});

/** Runs `work` when the orders are about to be read, and lets the other queries go ahead. */
function beforeOrdersAreRead(db: Db, work: () => Promise<unknown>): Db {
  const select = () => ({
    from: (table: typeof orders) => {
      const query = db.select().from(table);
      if (table !== orders) return query;
      return {
        where: async (condition: Parameters<typeof query.where>[0]) => {
          await work();
          return query.where(condition);
        },
      };
    },
  });
  return new Proxy(db, {
    get: (target, name) => {
      const value: unknown = name === "select" ? select : Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
