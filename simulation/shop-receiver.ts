import { Webhook } from "standardwebhooks";
import type { WebhookAnswer } from "@/lib/webhooks/post-webhook";
import { countFault } from "./fault-counts";
import type { EventContent, ShopEndpoint } from "./shop";
import { invariant } from "./trial";
import type { Trial } from "./trial";

type SentEvent = { url: string; headers: Record<string, string>; body: string };

const answer = (httpStatus: number): WebhookAnswer => ({
  httpStatus,
  failure: null,
  text: "answer of the shop",
});
const noAnswer = (failure: string): WebhookAnswer => ({ httpStatus: null, failure, text: "" });

/** What can go wrong at the shop. The numbers are weights. */
const beforeTaking = {
  unreachable: 2,
  "times out": 2,
  "answers 500": 3,
  "answers 302": 1,
  "answers 410": 0.1,
};
const afterTaking = { "takes it and times out": 3, "takes it and answers 500": 1 };

/** The shop's server receives one message, and answers unless something goes wrong. */
export function receiveEvent(trial: Trial, sent: SentEvent): WebhookAnswer {
  const { random, shop, faults } = trial;
  const endpoint = shop.endpoints.find(({ url }) => url === sent.url);
  invariant(endpoint !== undefined, "an event goes to an address that the merchant gave", sent.url);
  const fault = random.chance(shop.faultProbability)
    ? random.weighted({ ...beforeTaking, ...afterTaking })
    : undefined;
  if (fault) countFault(faults, `shop: ${fault}`);
  switch (fault) {
    case "unreachable":
      return noAnswer("unreachable");
    case "times out":
      return noAnswer("timeout");
    case "answers 500":
      return answer(500);
    case "answers 302":
      return answer(302);
    case "answers 410":
      endpoint.wasOff = true;
      return answer(410);
  }
  if (!takeEvent(trial, endpoint, sent)) return answer(401);
  if (fault === "takes it and times out") return noAnswer("timeout");
  return answer(fault === "takes it and answers 500" ? 500 : 200);
}

/** Verifies a message and writes it into the ledger. @returns false when it cannot be verified */
function takeEvent(trial: Trial, endpoint: ShopEndpoint, { headers, body }: SentEvent): boolean {
  useReplacement(trial, endpoint);
  const content = verifyEvent(trial, endpoint, { headers, body });
  if (!content) return false;
  const eventId = headers["webhook-id"] ?? "";
  trial.shop.ledger.push({ endpointId: endpoint.id, eventId, body, content });
  return true;
}

/** The program gets the new secret some time after the merchant replaced it, and before the old one ends. */
function useReplacement({ random, clockMs, faults }: Trial, endpoint: ShopEndpoint): void {
  const { replacement } = endpoint;
  if (!replacement || (clockMs < replacement.untilMs && !random.chance(0.3))) return;
  if (clockMs < replacement.untilMs) countFault(faults, "shop: uses a new secret while both count");
  Object.assign(endpoint, { secret: replacement.secret, replacement: undefined });
}

function verifyEvent(
  { clockMs, faults }: Trial,
  { secret, replacedMs = -Infinity }: ShopEndpoint,
  { headers, body }: Pick<SentEvent, "headers" | "body">,
): EventContent | undefined {
  try {
    return atTime(clockMs, () => new Webhook(secret).verify(body, headers) as EventContent);
  } catch (error) {
    // Signed before the merchant replaced the secret: the next try has both signatures.
    const signedMs = Number(headers["webhook-timestamp"]) * 1000;
    invariant(signedMs <= replacedMs, "the shop can verify every event", { headers, error: String(error) });
    countFault(faults, "shop: a secret is replaced while a message is on its way");
    return undefined;
  }
}

/** The library compares with this machine's clock, which a schedule does not follow. */
function atTime<T>(clockMs: number, work: () => T): T {
  const { now } = Date;
  Date.now = () => clockMs;
  try {
    return work();
  } finally {
    Date.now = now;
  }
}
