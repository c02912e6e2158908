import { randomUUID } from "node:crypto";
import { agentIdentifiers, codeNotification, inquiryContent } from "./channels/code-messages";
import { getCodeChannel } from "./channels/list";
import { utcSeconds } from "./core/wib-time";
import { defaultSettings } from "./default-settings";
import { signedRequestHeaders } from "./wire/signature";

/**
 * DOKU's messages to a merchant, ready to send, for the bench and the torture. These
 * functions start and send nothing.
 */
export type Message = { body: string; headers: Record<string, string> };
export type Credentials = { clientId: string; secretKey: string };

/** Signs a body for a path, with the current time and a new Request-Id. Header names are in lower case. */
export function signMessage(
  body: string,
  target: string,
  credentials: Credentials = defaultSettings,
): Message {
  const { clientId, secretKey } = credentials;
  const request = { clientId, requestId: randomUUID(), timestamp: utcSeconds(new Date()), target, body };
  const headers = Object.entries(signedRequestHeaders(request, secretKey));
  return { body, headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])) };
}

const notificationPath = new URL(defaultSettings.notificationUrl).pathname;
const inquiryPath = new URL(defaultSettings.inquiryUrl).pathname;

/** AGENT_TRX_ID, which is different for each payment and inquiry at a till. */
type Serial = number | string;
/** `target` is the path of the merchant's URL, where it is not the default. */
type PaidCode = {
  invoice: string;
  code: string;
  amount: number;
  serial: Serial;
  channel?: string;
  target?: string;
};

const identify = (agentId: string, serial: Serial) =>
  agentIdentifiers({ agentId, storeId: "T001", transactionId: String(serial) });

/** A notification that a code was paid; each `serial` is another payment. */
export function signedNotification(payment: PaidCode): Message {
  const { wireIds, agentId } = getCodeChannel(payment.channel ?? "alfa");
  const content = codeNotification(wireIds, payment, {
    status: "SUCCESS",
    date: new Date(),
    amount: payment.amount,
    identifiers: identify(agentId, payment.serial),
    originalRequestId: randomUUID(),
  });
  return signMessage(JSON.stringify(content), payment.target ?? notificationPath);
}

/** An inquiry of a till about a code. */
export function signedInquiry(asked: { code: string; serial: Serial; target?: string }): Message {
  const { wireIds, agentId } = getCodeChannel("alfa");
  const identifiers = identify(agentId, asked.serial);
  const content = inquiryContent(wireIds, { code: asked.code, date: new Date(), identifiers });
  return signMessage(JSON.stringify(content), asked.target ?? inquiryPath);
}
