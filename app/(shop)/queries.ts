import { z } from "zod";
import { maxQuantity, type Cart } from "./_components/cart";

export const CartChange = z.object({
  productId: z.string().regex(/^[a-z0-9-]{1,64}$/),
  quantity: z.coerce.number().int().min(0).max(maxQuantity),
});

const SavedCart = z.object({
  key: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  lines: z.array(CartChange.extend({ quantity: z.coerce.number().int().min(1).max(maxQuantity) })).max(40),
});

export const emptyCart: Cart = { key: "", lines: [] };

/** Parses what `serializeCart` wrote. Any other text is an empty cart. */
export function parseCart(text: string | undefined): Cart {
  const [key, ...parts] = (text ?? "").split("~");
  const lines = parts.map((part) => {
    const [productId, quantity] = part.split(":");
    return { productId, quantity };
  });
  const cart = SavedCart.safeParse({ key, lines });
  return cart.success ? cart.data : emptyCart;
}
