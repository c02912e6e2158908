import createClient from "openapi-fetch";
import type { components, paths } from "./api-types";
import type { Order } from "./orders";
import type { Settings } from "./settings";

export type CheckoutSession = components["schemas"]["CheckoutSession"];
export type Problem = components["schemas"]["Problem"];

export type AskForSession =
  { outcome: "created"; session: CheckoutSession } | { outcome: "refused"; problem: Problem | undefined };

/** The one call that a shop needs. Typed from the OpenAPI document (see the README). */
export function createCheckout({ apiUrl, apiKey, shopUrl }: Settings) {
  const client = createClient<paths>({
    baseUrl: apiUrl,
    headers: { authorization: `Bearer ${apiKey}` },
  });
  return {
    /** May be called again for the same order: the key makes it one session. @throws when the API does not answer */
    askForSession: async (order: Order): Promise<AskForSession> => {
      const { data, error } = await client.POST("/checkout_sessions", {
        params: { header: { "idempotency-key": `order-${order.id}` } },
        body: {
          reference: order.id,
          line_items: order.lines.map(({ productId, name, price, quantity }) => ({
            ...{ id: productId, name, price, quantity },
          })),
          success_url: `${shopUrl}/orders/${order.id}`,
          cancel_url: `${shopUrl}/orders/${order.id}`,
        },
        signal: AbortSignal.timeout(15_000),
      });
      return data ? { outcome: "created", session: data } : { outcome: "refused", problem: error };
    },
  };
}
