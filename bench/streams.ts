// Payment pages without browsers: event streams held open by the hundred.
import http from "node:http";

/** Below the caps of lib/server/live/event-stream.ts: ten of an order, twenty of a client. */
export const OF_AN_ORDER = 5;
const OF_A_CLIENT = 20;
const OPENED_TOGETHER = 50;

/**
 * Five streams for each payment's order, from as many clients as are needed.
 * @returns by order id, pages with the `status` they were answered with and the moment of their first nudge, `nudgedAt`
 */
export async function openStreams(address, payments) {
  const pages = new Map(payments.map(({ orderId }) => [orderId, []]));
  const wanted = payments.flatMap(({ orderId }) => Array.from({ length: OF_AN_ORDER }, () => orderId));
  for (let from = 0; from < wanted.length; from += OPENED_TOGETHER) {
    const opened = wanted
      .slice(from, from + OPENED_TOGETHER)
      .map((orderId, at) => openStream(address, { orderId, client: Math.floor((from + at) / OF_A_CLIENT) }));
    for (const page of await Promise.all(opened)) pages.get(page.orderId).push(page);
  }
  return pages;
}

export function closeStreams(pages) {
  for (const page of [...pages.values()].flat()) page.close();
}

/** Resolves when the first bytes are there. */
function openStream(address, { orderId, client }) {
  const headers = { "x-forwarded-for": `10.0.${client >> 8}.${client & 255}` };
  return new Promise((opened, fail) => {
    const request = http.get(
      `${address}/api/orders/${orderId}/events`,
      { agent: false, headers },
      (response) => {
        const page = {
          orderId,
          status: response.statusCode,
          nudgedAt: undefined,
          close: () => request.destroy(),
        };
        response.setEncoding("utf8");
        response.on("data", (text) => {
          if (text.includes("event: nudge")) page.nudgedAt ??= performance.now();
          opened(page);
        });
        response.once("end", () => opened(page));
        response.on("error", () => undefined);
      },
    );
    request.once("error", fail);
  });
}
