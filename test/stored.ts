import { sql } from "drizzle-orm";
import { findOrder } from "@/db/queries/orders";
import { findPayment } from "@/db/queries/payments";
import { rows } from "@/db/rows";
import type { OrderId } from "@/lib/payment/order-id";
import { database } from "./setup-context";

/** How many rows a table of the test's database has. */
export async function count(table: string, where = "true"): Promise<number | undefined> {
  const [row] = await rows<{ n: number }>(
    database.db,
    sql.raw(`select count(*)::int as n from ${table} where ${where}`),
  );
  return row?.n;
}

export const findStatus = async (paymentId: string) => (await findPayment(database.db, paymentId))?.status;

export const findVersion = async ({ orderId }: { orderId: OrderId }) =>
  (await findOrder(database.db, orderId))?.version;
