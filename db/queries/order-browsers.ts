import { and, eq, ne } from "drizzle-orm";
import type { OrderId } from "@/lib/payment/order-id";
import type { Db, Tx } from "../database";
import { orderBrowsers } from "../schema";

type OrderBrowser = { orderId: OrderId; browser: string };

/** What a browser may do with an order beyond what everyone with the link may; undefined for nothing. */
export async function findOrderBrowser(
  db: Db | Tx,
  { orderId, browser }: OrderBrowser,
): Promise<{ seesContact: boolean } | undefined> {
  const [found] = await db
    .select({ seesContact: orderBrowsers.seesContact })
    .from(orderBrowsers)
    .where(and(eq(orderBrowsers.orderId, orderId), eq(orderBrowsers.browser, browser)));
  return found;
}

/** Whether this browser may end the order's code. */
export const isOrderBrowser = async (db: Db | Tx, one: OrderBrowser): Promise<boolean> =>
  (await findOrderBrowser(db, one)) !== undefined;

/** Whether some browser typed the order's personal data, or proved to know them. */
export const isContactTyped = async (db: Db | Tx, orderId: OrderId): Promise<boolean> =>
  (await db.$count(
    orderBrowsers,
    and(eq(orderBrowsers.orderId, orderId), eq(orderBrowsers.seesContact, true)),
  )) > 0;

export async function addOrderBrowser(db: Db | Tx, one: OrderBrowser & { since: Date }): Promise<void> {
  await db
    .insert(orderBrowsers)
    .values(one)
    .onConflictDoUpdate({
      target: [orderBrowsers.orderId, orderBrowsers.browser],
      set: { seesContact: true },
    });
}

/** A browser started a payment with personal data that it neither typed nor saw. One that may see them still may. */
export async function addStartingBrowser(tx: Tx, one: OrderBrowser & { since: Date }): Promise<void> {
  await tx
    .insert(orderBrowsers)
    .values({ ...one, seesContact: false })
    .onConflictDoNothing();
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
