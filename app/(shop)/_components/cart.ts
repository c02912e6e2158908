/** A line of the cart. This file runs on the server and in the browser. */
export type CartLine = { productId: string; quantity: number };

/** `key` changes with every change of the lines, so that each content is ordered at most once. */
export type Cart = { key: string; lines: CartLine[] };

export const maxQuantity = 99;

/** `KEY~kopi-gayo:2~batik-lasem:1`, short enough for a cookie and for a hidden field. */
export const serializeCart = ({ key, lines }: Cart): string =>
  [key, ...lines.map(({ productId, quantity }) => `${productId}:${quantity}`)].join("~");

/** The lines with this quantity of one product; 0 removes it. */
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
