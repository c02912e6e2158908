import { Hono } from "hono";
import { Webhook } from "standardwebhooks";
import type { Sandbox } from "../core/sandbox";
import type { NodeApp } from "../wire/call";

/** A message of the checkout to the merchant's own system, which this page plays so that a newcomer sees it arrive. */
export type ReceivedWebhook = {
  id: string;
  at: string;
  type: string;
  headers: Record<string, string>;
  body: string;
  verdict: "verified" | "not verified" | "no secret";
  /** It came before: the receiver's effect must happen once. */
  isRepeated: boolean;
};

export const webhookPath = "/merchant/webhooks";
const maxKept = 200;

/** Takes what is signed with the secret of the settings; anything else is refused and shown all the same. */
export function merchantRoutes(sandbox: Sandbox): Hono<NodeApp> {
  const app = new Hono<NodeApp>();
  app.post(webhookPath, async (c) => {
    const headers = c.req.header();
    const body = await c.req.text();
    const verdict = verify(sandbox.settings.webhookSecret, headers, body);
    const id = headers["webhook-id"] ?? "";
    const isRepeated = sandbox.webhooks.some((one) => one.id === id && one.verdict === "verified");
    sandbox.webhooks.unshift({
      ...{ id, body, verdict, isRepeated, type: readType(body), at: new Date().toISOString() },
      headers: pickHeaders(headers),
    });
    sandbox.webhooks.length = Math.min(sandbox.webhooks.length, maxKept);
    return c.body(null, verdict === "verified" ? 204 : 401);
  });
  return app;
}

function verify(
  secret: string | undefined,
  headers: Record<string, string>,
  body: string,
): ReceivedWebhook["verdict"] {
  if (secret === undefined) return "no secret";
  try {
    new Webhook(secret).verify(body, headers);
    return "verified";
  } catch {
    return "not verified";
  }
}

function readType(body: string): string {
  try {
    const type: unknown = Object(JSON.parse(body)).type;
    return typeof type === "string" ? type : "";
  } catch {
    return "";
  }
}

const pickHeaders = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.startsWith("webhook-") || name === "content-type"),
  );
