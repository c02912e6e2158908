import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rows } from "@/db/rows";
import { openTestDatabase } from "@/test/database/database";
import type { TestDatabase } from "@/test/database/database";
import { findPayment } from "@/db/queries/payments";
import type { PaymentRow } from "@/db/queries/orders";
import { aPayment, createTestContext, deliver, notificationBody } from "@/test/context";
import type { TestContext } from "@/test/context";
import { isStress } from "@/test/scale";
import { deleteAllRows } from "./snapshot";

/** 120 permutations take their time on a busy machine. */
const timeoutMs = 180_000;

let database: TestDatabase;
let context: TestContext;
beforeAll(async () => {
  database = await openTestDatabase();
  context = await createTestContext(database.db);
});
afterAll(() => database.close());

type TestMessage = Parameters<typeof notificationBody>[1] & { label: string };

const success: TestMessage = { label: "SUCCESS" };
const again: TestMessage = { label: "SUCCESS again" };
const late: TestMessage = { label: "late SUCCESS", date: "2026-11-21T06:30:00Z" };
const other: TestMessage = { label: "SUCCESS under other ids", trx: "9999" };
const failed: TestMessage = { label: "FAILED", status: "FAILED" };
const expired: TestMessage = { label: "EXPIRED", status: "EXPIRED" };
const wrong: TestMessage = { label: "SUCCESS of another amount", amount: 275_501 };
const refunded: TestMessage = { label: "REFUNDED", status: "REFUNDED" };

/** Sets of messages of one payment, its channel, and how it ends. */
const sets: { channel: string; messages: TestMessage[]; ends: object }[] = [
  {
    channel: "alfa",
    messages: [success, again, failed, expired, wrong],
    ends: { status: "paid", sum: 275_500 },
  },
  {
    channel: "alfa",
    messages: [late, failed, expired, wrong],
    ends: { status: "paid", sum: 275_500, late: true },
  },
  {
    channel: "alfa",
    messages: [success, other, expired],
    ends: { status: "paid", receipts: 1, sum: 275_500 },
  },
  {
    channel: "indodana",
    messages: [success, again, failed, failed, expired],
    ends: { status: "paid", sum: 275_500 },
  },
  {
    channel: "indodana",
    messages: [success, failed, refunded, expired],
    ends: { status: "refunded", sum: 275_500 },
  },
  {
    channel: "indomaret",
    messages: [failed, expired, wrong, failed],
    ends: { status: "expired", receipts: 0, sum: 0 },
  },
];

/** All permutations of a short list. */
function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first, at) => permutations(items.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

type Ends = { status: string; receipts: number; sum: number; late: boolean; orderPaid: boolean };

async function getEnd(payment: PaymentRow): Promise<Ends> {
  const [money] = await rows<{ receipts: number; sum: number; paid: boolean }>(
    database.db,
    sql`select count(*)::int as receipts, coalesce(sum(amount), 0)::int as sum,
      (select paid_at is not null from orders where id = ${payment.orderId}) as paid
      from receipts where payment_id = ${payment.id}`,
  );
  const row = await findPayment(database.db, payment.id);
  return {
    status: row?.status ?? "",
    receipts: money?.receipts ?? -1,
    sum: money?.sum ?? -1,
    late: row?.paidLate ?? false,
    orderPaid: money?.paid ?? false,
  };
}

describe("receiveNotification", () => {
  test.each(sets)(
    "a payment by $channel ends as $ends.status, in whatever order its $messages.length messages arrive",
    async (set) => {
      const { channel, messages, ends } = set;
      // `npm test` tries every fifth permutation, `npm run test:stress` all of them.
      const orders = permutations(messages).filter((_, at) => isStress || at % 5 === 0);
      await deleteAllRows(database.owner.db, true);
      const seen = new Map<string, string[]>();
      for (const order of orders) {
        const payment = await aPayment(context, channel);
        for (const { label: _, ...notice } of order)
          await deliver(context, notificationBody(payment, notice));
        const end = await getEnd(payment);
        expect(end, order.map(({ label }) => label).join(", ")).toMatchObject(ends);
        // Whether it counts as late depends on the order of the messages; the money never does.
        const { late: _, ...compared } = end;
        const key = JSON.stringify(compared);
        seen.set(key, [...(seen.get(key) ?? []), order.map(({ label }) => label).join(", ")]);
      }
      expect([...seen.keys()]).toHaveLength(1);
    },
    timeoutMs,
  );

  test("a payment ends the same when each of its messages arrives three times", async () => {
    await deleteAllRows(database.owner.db, true);
    for (const order of permutations([success, failed, expired])) {
      const payment = await aPayment(context);
      for (const { label: _, ...notice } of [...order, ...order, ...order.toReversed()])
        await deliver(context, notificationBody(payment, notice));
      expect(await getEnd(payment)).toMatchObject({
        status: "paid",
        receipts: 1,
        sum: 275_500,
        orderPaid: true,
      });
    }
  });
});
