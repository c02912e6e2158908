import http from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

export type WebhookReceiver = {
  url: string;
  secret: string;
  /** By `webhook-id`: type and session of each verified message. */
  messages: Map<string, { type: string; session: string }>;
  /** How many came, repetitions included. */
  deliveries: number;
  notVerified: number;
  stop: () => Promise<void>;
};

/** A merchant's server. Some of what it takes it answers with 500 or cuts off, so that it comes again. */
export async function startWebhookReceiver(isRefused: () => boolean): Promise<WebhookReceiver> {
  const secret = `whsec_${Buffer.alloc(24, 3).toString("base64")}`;
  const webhook = new Webhook(secret);
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      receiver.deliveries += 1;
      try {
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        );
        const { type, data } = webhook.verify(body, headers) as {
          type: string;
          data: { id: string; checkout_session?: string };
        };
        const session = data.checkout_session ?? data.id;
        receiver.messages.set(headers["webhook-id"] ?? "", { type, session });
      } catch {
        receiver.notVerified += 1;
      }
      response.statusCode = isRefused() ? 500 : 204;
      response.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${port}/webhooks`,
    secret,
    messages: new Map(),
    deliveries: 0,
    notVerified: 0,
    stop: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
  return receiver;
}
