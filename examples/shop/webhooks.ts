import { Webhook, WebhookVerificationError } from "standardwebhooks";
import type { components } from "./api-types";
import type { SessionNews } from "./orders";

type EventData = components["schemas"]["EventData"];
type Event = { type: string; timestamp: string; data: EventData };

export type ReadWebhook =
  | { outcome: "verified"; id: string; type: string; news: SessionNews | undefined }
  /** Not signed with our secret, changed on the way, or older than five minutes. */
  | { outcome: "not_verified" };

/** Verifies the raw bytes before anything is parsed. Only news of sessions concern this shop. */
export function readWebhook(
  secret: string,
  { headers, rawBody }: { headers: Record<string, string>; rawBody: string },
): ReadWebhook {
  try {
    const event = new Webhook(secret).verify(rawBody, headers) as Event;
    const id = headers["webhook-id"] ?? "";
    return { outcome: "verified", id, type: event.type, news: toNews(event.data) };
  } catch (error) {
    if (error instanceof WebhookVerificationError || error instanceof SyntaxError)
      return { outcome: "not_verified" };
    throw error;
  }
}

function toNews(data: EventData): SessionNews | undefined {
  if (data.object !== "checkout_session") return undefined;
  const { id, reference, status, version } = data;
  return { sessionId: id, orderId: reference, status, version };
}
