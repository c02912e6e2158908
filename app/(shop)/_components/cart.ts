/** What the shopper has picked so far. Nothing here needs the server, so the browser can count along. */
export type CartLine = { productId: string; quantity: number };

/** `key` names this very content: it changes with every change, so an order is made at most once from each. */
export type Cart = { key: string; lines: CartLine[] };

export const maxQuantity = 99;

/** `KEY~kopi-gayo:2~batik-lasem:1`, short enough for a cookie and for a hidden field. */
export const serializeCart = ({ key, lines }: Cart): string =>
  [key, ...lines.map(({ productId, quantity }) => `${productId}:${quantity}`)].join("~");

/** The lines with this many of one product; none takes it out. */
export function withQuantity(lines: readonly CartLine[], productId: string, quantity: number): CartLine[] {
  const others = lines.filter((line) => line.productId !== productId);
  if (quantity < 1) return others;
  const line = { productId, quantity: Math.min(quantity, maxQuantity) };
  return others.length === lines.length
    ? [...lines, line]
    : lines.map((old) => (old.productId === productId ? line : old));
}

export const getQuantity = (lines: readonly CartLine[], productId: string): number =>
  lines.find((line) => line.productId === productId)?.quantity ?? 0;
