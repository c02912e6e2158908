import { Webhook } from "standardwebhooks";

/** The bytes of one event, as every try sends them. */
export type SignedMessage = { id: string; at: Date; body: string };

/**
 * The headers of Standard Webhooks (https://www.standardwebhooks.com). With two secrets, while one is replaced, there is a
 * signature for each: a receiver takes the message when one of them fits.
 */
export function signMessage(
  { id, at, body }: SignedMessage,
  secrets: readonly string[],
): Record<string, string> {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(" "),
  };
}

/** @param random 24 random bytes */
export const toSecret = (random: Uint8Array): string => `whsec_${Buffer.from(random).toString("base64")}`;
