import { findProducts } from "@/db/queries/products";
import { findOrderByCheckoutKey, insertOrder, lockOrder, recordEvent } from "@/db/queries/orders";
import { addOrderBrowser } from "@/db/queries/order-browsers";
import type { Tx } from "@/db/database";
import { OrderId } from "@/lib/payment/order-id";
import { sumLines } from "@/lib/payment/rupiah";
import type { Deps } from "../deps";

export type OrderLine = { productId: string; quantity: number };

export type PlaceOrder =
  | { outcome: "placed" | "exists"; orderId: OrderId }
  | { outcome: "empty" }
  | { outcome: "unknown_product"; productId: string };

/**
 * Makes an order from a cart. The cart names products and quantities; prices come from the database. The same checkout
 * key, from a second click, a second tab or the Back button, finds the existing order.
 */
export async function placeOrder(
  deps: Deps,
  input: {
    checkoutKey: string;
    lines: readonly OrderLine[];
    /** Who places it, as in `order_browsers`. */
    browser?: string | undefined;
  },
): Promise<PlaceOrder> {
  const lines = input.lines.filter((line) => Number.isSafeInteger(line.quantity) && line.quantity > 0);
  if (lines.length === 0) return { outcome: "empty" };
  const { browser } = input;
  const placed = await deps.db.transaction(async (tx) => {
    const inserted = await insertFromCart(tx, deps, input.checkoutKey, lines);
    if ("orderId" in inserted && browser !== undefined && (await isWithoutContact(tx, inserted.orderId)))
      await addOrderBrowser(tx, { orderId: inserted.orderId, browser, since: deps.now() });
    return inserted;
  });
  if (placed.outcome === "placed") deps.publishOrderChanged(placed.orderId);
  return placed;
}

async function insertFromCart(
  tx: Tx,
  deps: Deps,
  checkoutKey: string,
  lines: OrderLine[],
): Promise<PlaceOrder> {
  const found = await findProducts(
    tx,
    lines.map((line) => line.productId),
  );
  const byId = new Map(found.map((product) => [product.id, product]));
  const items = [];
  for (const { productId, quantity } of lines) {
    const product = byId.get(productId);
    if (!product) return { outcome: "unknown_product", productId };
    const { nameId, nameEn, price, category, shipped } = product;
    items.push({ productId, nameId, nameEn, price, category, shipped, quantity });
  }
  const id = OrderId.parse(Buffer.from(deps.random(16)).toString("base64url"));
  const now = deps.now();
  const placed = await insertOrder(tx, { id, checkoutKey, amount: sumLines(items), createdAt: now }, items);
  if (!placed) return findExistingOrder(tx, checkoutKey);
  const event = { kind: "order_placed", actor: "shopper", reason: "checkout" } as const;
  await recordEvent(tx, id, { id: deps.newId(), ...event, at: now });
  return { outcome: "placed", orderId: id };
}

/**
 * The checkout key says whose cart it was, but another browser with the link may have typed its own data since. The lock
 * keeps it from doing so until this is stored.
 */
const isWithoutContact = async (tx: Tx, orderId: OrderId): Promise<boolean> =>
  (await lockOrder(tx, orderId))?.customerName === null;

async function findExistingOrder(tx: Tx, checkoutKey: string): Promise<PlaceOrder> {
  const orderId = await findOrderByCheckoutKey(tx, checkoutKey);
  if (!orderId) throw new Error("a checkout key was taken, but its order is missing");
  return { outcome: "exists", orderId };
}
