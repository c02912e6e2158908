// Signed messages and their repetitions, signed by the simulator's code, which is independent of the product's.
import { createHash, createHmac } from "node:crypto";
import type { SeededPayment } from "../../bench/seed";
import { defaultSettings } from "../../simulator/default-settings";
import { signedNotification, signMessage } from "../../simulator/messages";
import { computeDigest, sign, signatureComponent } from "../../simulator/wire/signature";
import type { SignedParts } from "../../simulator/wire/signature";

export const secret = defaultSettings.secretKey;
export const target = new URL(defaultSettings.notificationUrl).pathname;

export const sha256 = (bytes: string | Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

/** What a message says of a payment. */
export type NotifiedPayment = Omit<SeededPayment, "orderId">;

/** A message as the load sends it, with what the ledger check looks for afterwards. */
export type TestMessage = {
  payment: NotifiedPayment;
  body: string;
  headers: Record<string, string>;
  requestId: string;
  digest: string;
};

export const createMessage = (payment: NotifiedPayment): TestMessage =>
  toTestMessage(payment, signedNotification(payment));

/** The same notification with a new Request-Id and time, as DOKU may send it. */
export const repeatMessage = ({ payment, body }: TestMessage): TestMessage =>
  toTestMessage(payment, signMessage(body, target));

type Signed = Pick<TestMessage, "body" | "headers">;

const toTestMessage = (payment: NotifiedPayment, { body, headers }: Signed): TestMessage => ({
  payment,
  body,
  headers,
  requestId: headers["request-id"] ?? "",
  digest: sha256(body),
});

/** What a forger signs, rightly or wrongly. */
export type ForgedParts = Omit<SignedParts, "label" | "digest"> & { body: Uint8Array };

const toSignedParts = ({ clientId, requestId, timestamp, target: path, body }: ForgedParts): SignedParts => ({
  clientId,
  requestId,
  label: "Request-Timestamp",
  timestamp,
  target: path,
  digest: computeDigest(body),
});

export const toComponent = (parts: ForgedParts): string => signatureComponent(toSignedParts(parts));
export const signParts = (parts: ForgedParts, key: string): string => sign(toSignedParts(parts), key);

/** For forgeries: any text, key and hash. */
export const hmac = (component: string, key: string, algorithm = "sha256"): string =>
  createHmac(algorithm, key).update(component).digest("base64");
