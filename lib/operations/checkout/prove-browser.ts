import { findOrder } from "@/db/queries/orders";
import { addOrderBrowser } from "@/db/queries/order-browsers";
import { OrderId } from "@/lib/payment/order-id";
import { isRightProof } from "@/lib/payment/order-proof";
import type { Deps } from "../deps";

export type ProveBrowser = { outcome: "proved" | "wrong" | "not_found" };

/** Lets a browser that knows an order's phone number or name see its personal data and end its code. */
export async function proveBrowser(
  deps: Pick<Deps, "db" | "now">,
  { orderId, browser, answer }: { orderId: string; browser: string; answer: string },
): Promise<ProveBrowser> {
  const id = OrderId.safeParse(orderId);
  const order = id.success ? await findOrder(deps.db, id.data) : undefined;
  if (!order) return { outcome: "not_found" };
  if (!isRightProof(order, answer)) return { outcome: "wrong" };
  await addOrderBrowser(deps.db, { orderId: order.id, browser, since: deps.now() });
  return { outcome: "proved" };
}
