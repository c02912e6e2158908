import { and, eq, ne } from "drizzle-orm";
import type { OrderId } from "@/lib/payment/order-id";
import type { Db, Tx } from "../database";
import { orderBrowsers } from "../schema";

type OrderBrowser = { orderId: OrderId; browser: string };

/** Whether this browser typed the personal data of an order, or proved to know them. */
export const isOrderBrowser = async (db: Db | Tx, { orderId, browser }: OrderBrowser): Promise<boolean> =>
  (await db.$count(
    orderBrowsers,
    and(eq(orderBrowsers.orderId, orderId), eq(orderBrowsers.browser, browser)),
  )) > 0;

export async function addOrderBrowser(db: Db | Tx, one: OrderBrowser & { since: Date }): Promise<void> {
  await db.insert(orderBrowsers).values(one).onConflictDoNothing();
}

/** The order has other personal data now: only the browser that typed them may see them, if it was one. */
export async function replaceOrderBrowsers(
  tx: Tx,
  { orderId, browser, since }: { orderId: OrderId; browser: string | undefined; since: Date },
): Promise<void> {
  const others = browser === undefined ? undefined : ne(orderBrowsers.browser, browser);
  await tx.delete(orderBrowsers).where(and(eq(orderBrowsers.orderId, orderId), others));
  if (browser !== undefined) await addOrderBrowser(tx, { orderId, browser, since });
}
