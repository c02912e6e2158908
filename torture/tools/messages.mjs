// Signed messages and their repetitions. The first signature comes from the bench; this signs the same bytes again.
import { createHash, createHmac, randomUUID } from "node:crypto";
import { signedNotification } from "../../bench/messages.mjs";

export const secret = "SK-SimulatorOnly0123456789";
export const target = "/api/doku/notifications";

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** A message as the load sends it, with what the checker looks for afterwards. */
export function messageOf(payment) {
  return told(payment, signedNotification(payment));
}

/** The same payment told again under a Request-Id and time of its own, as DOKU may do. */
export function toldAgain({ payment, body, headers }) {
  const timestamp = `${new Date().toISOString().slice(0, 19)}Z`;
  const requestId = randomUUID();
  const parts = { clientId: headers["client-id"], requestId, timestamp, target };
  return told(payment, {
    body,
    headers: {
      ...headers,
      "request-id": requestId,
      "request-timestamp": timestamp,
      signature: signatureOf({ ...parts, body }, secret),
    },
  });
}

const told = (payment, { body, headers }) => ({
  payment,
  body,
  headers,
  requestId: headers["request-id"],
  digest: sha256(body),
});

export function componentOf({ clientId, requestId, timestamp, target, body }, stamp = "Request-Timestamp") {
  const digest = createHash("sha256").update(body).digest("base64");
  return [
    `Client-Id:${clientId}`,
    `Request-Id:${requestId}`,
    `${stamp}:${timestamp}`,
    `Request-Target:${target}`,
    `Digest:${digest}`,
  ].join("\n");
}

export const hmac = (component, key, algorithm = "sha256") =>
  createHmac(algorithm, key).update(component).digest("base64");

export const signatureOf = (parts, key) => `HMACSHA256=${hmac(componentOf(parts), key)}`;
