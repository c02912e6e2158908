import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { listSessionIds } from "@/db/queries/sessions";
import { payments } from "@/db/schema";
import type { SessionStatus } from "@/lib/payment/session-status";
import { Rupiah } from "@/lib/payment/rupiah";
import { context, database, setupTestContext } from "@/test/setup-context";
import { start } from "@/test/context";
import { createSession } from "./create-session";

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
