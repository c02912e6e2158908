// Hundreds of open event streams, as payment pages hold them, without browsers.
import http from "node:http";

/** Below the caps of lib/server/live/event-stream.ts: ten for an order, and four of them and twenty in all for a client. */
export const STREAMS_PER_ORDER = 5;
const STREAMS_PER_CLIENT = 20;
const OPENED_TOGETHER = 50;

export type StreamPage = {
  orderId: string;
  /** Of the response that opened the stream. */
  status: number;
  /** When the first event of a changed order came, by `performance.now()`. */
  notifiedAt: number | undefined;
  close(): void;
};

/** The streams by order id. */
export type Streams = Map<string, StreamPage[]>;

/** Opens five streams for each payment's order, from as many clients as are needed. */
export async function openStreams(
  address: string,
  payments: readonly { orderId: string }[],
): Promise<Streams> {
  const pages: Streams = new Map();
  const wanted = payments.flatMap(({ orderId }) => Array.from({ length: STREAMS_PER_ORDER }, () => orderId));
  for (let from = 0; from < wanted.length; from += OPENED_TOGETHER) {
    const opened = wanted
      .slice(from, from + OPENED_TOGETHER)
      .map((orderId, at) => openStream(address, { orderId, client: chooseClient(from + at) }));
    for (const page of await Promise.all(opened))
      pages.set(page.orderId, [...(pages.get(page.orderId) ?? []), page]);
  }
  return pages;
}

/** Each viewer of an order is another client, as in life. */
function chooseClient(at: number): number {
  const group = Math.floor(at / (STREAMS_PER_ORDER * STREAMS_PER_CLIENT));
  return group * STREAMS_PER_ORDER + (at % STREAMS_PER_ORDER);
}

export function closeStreams(pages: Streams): void {
  for (const page of [...pages.values()].flat()) page.close();
}

/** Resolves when the first bytes are there. */
function openStream(
  address: string,
  { orderId, client }: { orderId: string; client: number },
): Promise<StreamPage> {
  const headers = { "x-forwarded-for": `10.0.${client >> 8}.${client & 255}` };
  return new Promise((opened, fail) => {
    const request = http.get(
      `${address}/api/orders/${orderId}/events`,
      { agent: false, headers },
      (response) => {
        const page: StreamPage = {
          orderId,
          status: response.statusCode ?? 0,
          notifiedAt: undefined,
          close: () => request.destroy(),
        };
        response.setEncoding("utf8");
        response.on("data", (text: string) => {
          if (text.includes("event: changed")) page.notifiedAt ??= performance.now();
          opened(page);
        });
        response.once("end", () => opened(page));
        response.on("error", () => undefined);
      },
    );
    request.once("error", fail);
  });
}
