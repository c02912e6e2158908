import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rows } from "@/db/rows";
import { openTestDatabase } from "@/test/database/database";
import type { TestDatabase } from "@/test/database/database";
import { findPayment } from "@/db/queries/payments";
import type { PaymentRow } from "@/db/queries/orders";
import { aPayment, createWorld, deliver, noticeFor } from "@/test/context";
import type { TestContext } from "@/test/context";
import { isStress } from "@/test/scale";
import { empty } from "./snapshot";

/** A hundred and twenty orders take their time on a busy machine. Milliseconds. */
const patience = 180_000;

let database: TestDatabase;
let world: TestContext;
beforeAll(async () => {
  database = await openTestDatabase();
  world = await createWorld(database.db);
});
afterAll(() => database.close());

type Told = Parameters<typeof noticeFor>[1] & { is: string };

const success: Told = { is: "SUCCESS" };
const again: Told = { is: "SUCCESS again" };
const late: Told = { is: "late SUCCESS", date: "2026-11-21T06:30:00Z" };
const other: Told = { is: "SUCCESS under other ids", trx: "9999" };
const failed: Told = { is: "FAILED", status: "FAILED" };
const expired: Told = { is: "EXPIRED", status: "EXPIRED" };
const wrong: Told = { is: "SUCCESS of another amount", amount: 275_501 };
const refunded: Told = { is: "REFUNDED", status: "REFUNDED" };

/** Sets of messages of one payment, what came of them in the end, and the channel they are about. */
const sets: { channel: string; told: Told[]; ends: object }[] = [
  { channel: "alfa", told: [success, again, failed, expired, wrong], ends: { status: "paid", sum: 275_500 } },
  {
    channel: "alfa",
    told: [late, failed, expired, wrong],
    ends: { status: "paid", sum: 275_500, late: true },
  },
  { channel: "alfa", told: [success, other, expired], ends: { status: "paid", receipts: 1, sum: 275_500 } },
  {
    channel: "indodana",
    told: [success, again, failed, failed, expired],
    ends: { status: "paid", sum: 275_500 },
  },
  {
    channel: "indodana",
    told: [success, failed, refunded, expired],
    ends: { status: "refunded", sum: 275_500 },
  },
  {
    channel: "indomaret",
    told: [failed, expired, wrong, failed],
    ends: { status: "expired", receipts: 0, sum: 0 },
  },
];

/** All orders of a few things, each once. */
function ordersOf<T>(things: readonly T[]): T[][] {
  if (things.length <= 1) return [[...things]];
  return things.flatMap((first, at) => ordersOf(things.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

type Ends = { status: string; receipts: number; sum: number; late: boolean; orderPaid: boolean };

async function endsOf(payment: PaymentRow): Promise<Ends> {
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

describe("every order in which messages of one payment can arrive", () => {
  test.each(sets)(
    "ends the same: $channel, $told.length messages, $ends.status",
    async (set) => {
      const { channel, told, ends } = set;
      // Every fifth stands for its neighbours, and the stress test tries them all.
      const orders = ordersOf(told).filter((_, at) => isStress || at % 5 === 0);
      await empty(database.owner.db, true);
      const seen = new Map<string, string[]>();
      for (const order of orders) {
        const payment = await aPayment(world, channel);
        for (const { is: _, ...notice } of order) await deliver(world, noticeFor(payment, notice));
        const end = await endsOf(payment);
        expect(end, order.map(({ is }) => is).join(", ")).toMatchObject(ends);
        // Whether it was late depends on what DOKU said before it; the money never does.
        const { late: _, ...facts } = end;
        const key = JSON.stringify(facts);
        seen.set(key, [...(seen.get(key) ?? []), order.map(({ is }) => is).join(", ")]);
      }
      expect([...seen.keys()]).toHaveLength(1);
    },
    patience,
  );

  test("and each of them many times, ends the same too", async () => {
    await empty(database.owner.db, true);
    for (const order of ordersOf([success, failed, expired])) {
      const payment = await aPayment(world);
      for (const { is: _, ...notice } of [...order, ...order, ...order.toReversed()])
        await deliver(world, noticeFor(payment, notice));
      expect(await endsOf(payment)).toMatchObject({
        status: "paid",
        receipts: 1,
        sum: 275_500,
        orderPaid: true,
      });
    }
  });
});
