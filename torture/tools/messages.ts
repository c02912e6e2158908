// Signed messages and their repetitions, with the simulator's signer, which is independent of the product's.
import { createHash, createHmac } from "node:crypto";
import { defaultSettings } from "../../simulator/default-settings";
import { signedNotification, signMessage } from "../../simulator/messages";
import { computeDigest, sign, signatureComponent } from "../../simulator/wire/signature";

export const secret = defaultSettings.secretKey;
export const target = new URL(defaultSettings.notificationUrl).pathname;

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** A message as the load sends it, with what the checker looks for afterwards. */
export function messageOf(payment) {
  return told(payment, signedNotification(payment));
}

/** The same payment told again under a Request-Id and time of its own, as DOKU may do. */
export function toldAgain({ payment, body }) {
  return told(payment, signMessage(body, target));
}

const told = (payment, { body, headers }) => ({
  payment,
  body,
  headers,
  requestId: headers["request-id"],
  digest: sha256(body),
});

const toParts = ({ clientId, requestId, timestamp, target: path, body }) => ({
  clientId,
  requestId,
  label: "Request-Timestamp",
  timestamp,
  target: path,
  digest: computeDigest(body),
});

export const componentOf = (parts) => signatureComponent(toParts(parts));
export const signatureOf = (parts, key) => sign(toParts(parts), key);

/** For forgeries: any text, key and hash. */
export const hmac = (component, key, algorithm = "sha256") =>
  createHmac(algorithm, key).update(component).digest("base64");
