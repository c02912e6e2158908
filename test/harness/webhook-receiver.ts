import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import getPort from "get-port";
import { Webhook } from "standardwebhooks";

export type ReceivedWebhook = { id: string; headers: Record<string, string>; body: string };

export type VerifiedWebhook = { id: string; type: string; data: Record<string, unknown> };

type Answer = (message: ReceivedWebhook, count: number) => number | Promise<number>;

/** The server of a merchant's shop for webhooks, which can be away for a while. */
export class WebhookReceiver {
  /** Everything that arrived, repetitions included. */
  readonly received: ReceivedWebhook[] = [];
  private server: Server | undefined;

  private constructor(
    private readonly port: number,
    private readonly answer: Answer,
  ) {}

  /** @param answer the status of each message, by default 204; it may take its time */
  static async start(answer: Answer = () => 204): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver(await getPort(), answer);
    await receiver.open();
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/webhooks`;
  }

  async open(): Promise<void> {
    const server = createServer((request, response) => void this.take(request, response));
    this.server = server;
    await new Promise<void>((done) => server.listen(this.port, "127.0.0.1", done));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const message = {
      id: headers["webhook-id"] ?? "",
      headers,
      body: Buffer.concat(chunks).toString("utf8"),
    };
    this.received.push(message);
    response.statusCode = await this.answer(message, this.received.length);
    if (response.statusCode === 302) response.setHeader("location", "/elsewhere");
    response.end("answer of the shop");
  }

  async close(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }

  /** The messages, each once however often it came. @throws when one of them is not signed with this secret */
  listVerified(secret: string): VerifiedWebhook[] {
    return [...new Map(this.received.map((one) => [one.id, one])).values()].map((one) =>
      verifyWebhook(secret, one),
    );
  }
}

/** @throws when it is not signed with this secret, or is older than five minutes */
export function verifyWebhook(secret: string, { id, headers, body }: ReceivedWebhook): VerifiedWebhook {
  const content = new Webhook(secret).verify(body, headers) as Omit<VerifiedWebhook, "id">;
  return { id, ...content };
}
