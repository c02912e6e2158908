import { z } from "zod";

/**
 * The id in an order's URL and the only key to its pages: 22 base64url characters, 128 random bits. It is also part of
 * Indodana's callback addresses, whose characters are restricted (docs/doku-protocol.md#61-request).
 */
export const OrderId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{22}$/)
  .brand<"OrderId">();
export type OrderId = z.infer<typeof OrderId>;
