import { randomBytes, randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { OrderId } from "../lib/payment/order-id";
import { paymentStatuses } from "../lib/payment/payment";
import { Rupiah } from "../lib/payment/rupiah";
import { canTransition } from "../lib/payment/transitions";
import { failureCode } from "./rows";
import { orders, paymentEvents } from "./schema";
import { database, setupTestDatabase } from "@/test/setup-database";

const at = new Date("2026-11-21T05:00:00Z");
const orderId = OrderId.parse(randomBytes(16).toString("base64url"));

setupTestDatabase();
beforeEach(async () => {
  const amount = Rupiah.parse(92_000);
  await database.db
    .insert(orders)
    .values({ id: orderId, checkoutKey: orderId, amount, createdAt: at, updatedAt: at });
});

let version = 0;

/** undefined when the database accepts it, else PostgreSQL's error code. The rows stay: history cannot be deleted. */
async function record(event: Partial<typeof paymentEvents.$inferInsert>): Promise<string | undefined> {
  const usual = {
    id: randomUUID(),
    orderId,
    version: (version += 1),
    kind: "moved",
    cause: "clock",
    at,
  } as const;
  try {
    await database.db.insert(paymentEvents).values({ ...usual, ...event });
    return undefined;
  } catch (error) {
    return failureCode(error);
  }
}

const checkViolation = "23514";

test("the database accepts the transitions of the table and no others", async () => {
  for (const from of paymentStatuses)
    for (const to of paymentStatuses) {
      const isLegal = from === to || canTransition(from, to);
      expect([from, to, await record({ from, to })]).toEqual([
        from,
        to,
        isLegal ? undefined : checkViolation,
      ]);
    }
  expect(await record({ to: "requested" })).toBeUndefined();
  expect(await record({})).toBeUndefined();
});

test("the database accepts an actor with a reason, or neither as older releases write", async () => {
  expect(await record({ actor: "staff:u1", reason: "dashboard" })).toBeUndefined();
  expect(await record({ actor: "system" })).toBe(checkViolation);
  expect(await record({ reason: "replaced" })).toBe(checkViolation);
  const wrong = { actor: "merchant", reason: "dashboard" } as unknown as { actor: "system" };
  expect(await record(wrong)).toBe(checkViolation);
  const unknown = { actor: "system", reason: "boredom" } as unknown as { reason: "import" };
  expect(await record(unknown)).toBe(checkViolation);
});
