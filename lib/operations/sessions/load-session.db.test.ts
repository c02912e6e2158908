import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Tx } from "@/db/database";
import { listSessionIds } from "@/db/queries/sessions";
import { rows } from "@/db/rows";
import { orders, payments } from "@/db/schema";
import { onPostgres } from "@/test/database/database";
import type { SessionStatus } from "@/lib/payment/session-status";
import { Rupiah } from "@/lib/payment/rupiah";
import { context, database, setupTestContext } from "@/test/setup-context";
import { aPayment, start } from "@/test/context";
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

test.runIf(onPostgres)("a session is of one moment, also while it is changed", async () => {
  const { orderId } = await aPayment(context);
  const before = await loadSession(context.deps, orderId);
  const changed = await database.owner.db.transaction(async (tx) => {
    await tx.execute(sql`lock table payments in access exclusive mode`);
    const read = loadSession(context.deps, orderId);
    // The order is read by now, and its payments are not.
    await expect.poll(() => countWaiting(tx)).toBe(1);
    await tx
      .update(orders)
      .set({ version: sql`${orders.version} + 1` })
      .where(eq(orders.id, orderId));
    const refunded = { status: "refunded", closedAt: context.deps.now() } as const;
    await tx.update(payments).set(refunded).where(eq(payments.orderId, orderId));
    return { read };
  });
  expect(await changed.read).toEqual(before);
  expect((await loadSession(context.deps, orderId))?.payments).toMatchObject([{ status: "refunded" }]);
});

async function countWaiting(tx: Tx): Promise<number | undefined> {
  const [found] = await rows<{ count: number }>(
    tx,
    sql`select count(*)::int from pg_locks where not granted and relation = 'payments'::regclass
      and database = (select oid from pg_database where datname = current_database())`,
  );
  return found?.count;
}
