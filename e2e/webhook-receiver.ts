import { createServer } from "node:http";
import type { Server } from "node:http";
import getPort from "get-port";
import { Webhook } from "standardwebhooks";

export type ReceivedWebhook = { id: string; headers: Record<string, string>; body: string };

/** The server of a merchant's shop for webhooks, which can be away for a while. */
export class WebhookReceiver {
  /** Everything that arrived, repetitions included. */
  readonly received: ReceivedWebhook[] = [];
  private server: Server | undefined;

  private constructor(private readonly port: number) {}

  static async start(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver(await getPort());
    await receiver.open();
    return receiver;
  }

  get url(): string {
    return `http://localhost:${this.port}/webhooks`;
  }

  async open(): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
        );
        const body = Buffer.concat(chunks).toString("utf8");
        this.received.push({ id: headers["webhook-id"] ?? "", headers, body });
        response.writeHead(204).end();
      });
    });
    this.server = server;
    await new Promise<void>((done) => server.listen(this.port, "localhost", done));
  }

  async close(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }

  /** The verified messages, each once however often it came. @throws when one of them is not signed with this secret */
  listVerified(secret: string): { id: string; type: string; data: Record<string, unknown> }[] {
    const once = new Map(this.received.map((one) => [one.id, one]));
    return [...once.values()].map(({ id, headers, body }) => {
      const message = new Webhook(secret).verify(body, headers) as {
        type: string;
        data: Record<string, unknown>;
      };
      return { id, ...message };
    });
  }
}
