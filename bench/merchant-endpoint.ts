// The server of a merchant for webhooks, entered in the database as one of the shop's endpoints.
import { randomUUID } from "node:crypto";
import { pause } from "../test/harness/processes";
import { runSql } from "../test/harness/postgres";
import { verifyWebhook, WebhookReceiver } from "../test/harness/webhook-receiver";
import type { ReceivedWebhook } from "../test/harness/webhook-receiver";

const SECRET = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
const TIMEOUT_MS = 900_000;

export type MerchantEndpoint = {
  /** When `checkout_session.paid` of each order first came, by `performance.now()`. */
  paidAt: Map<string, number>;
  /** Resolves when so many orders are known as paid, with the moment of the last. @throws when it takes too long */
  waitForPaid(count: number): Promise<number>;
  /** Takes it off the shop's list and ends what hangs in it. */
  remove(): Promise<void>;
};

/** @param hangs whether it takes every message and never answers */
export async function addEndpoint(databaseUrl: string, { hangs = false } = {}): Promise<MerchantEndpoint> {
  const paidAt = new Map<string, number>();
  const receiver = await WebhookReceiver.start((message) => {
    if (hangs) return new Promise<never>(() => undefined);
    return noteWhenPaid(paidAt, message) ? 204 : 400;
  });
  const id = `we_${randomUUID()}`;
  await runSql(
    databaseUrl,
    `insert into webhook_endpoints (id, url, secret, created_by, created_at)
      values ('${id}', '${receiver.url}', '${SECRET}', 'system', now())`,
  );
  return {
    paidAt,
    waitForPaid: async (count) => {
      for (const end = performance.now() + TIMEOUT_MS; paidAt.size < count; await pause(20)) {
        if (performance.now() > end)
          throw new Error(`${paidAt.size} of ${count} webhooks came, so the figure is void`);
      }
      return Math.max(...paidAt.values());
    },
    remove: async () => {
      await runSql(databaseUrl, `update webhook_endpoints set deleted_at = now() where id = '${id}'`);
      await receiver.close();
    },
  };
}

/** @returns false for a message that is not signed as it must be */
function noteWhenPaid(paidAt: Map<string, number>, message: ReceivedWebhook): boolean {
  const at = performance.now();
  try {
    const { type, data } = verifyWebhook(SECRET, message);
    const orderId = String(data["id"]).replace(/^cs_/, "");
    if (type === "checkout_session.paid" && !paidAt.has(orderId)) paidAt.set(orderId, at);
    return true;
  } catch {
    return false;
  }
}
