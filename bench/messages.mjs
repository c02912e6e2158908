// DOKU's messages, signed as DOKU signs (docs/doku-protocol.md#2-signature) and by code of our own: not the product's,
// not the simulator's.
import { createHash, createHmac, randomUUID } from "node:crypto";

/** The simulator's credentials, which try-it mode uses. */
const clientId = "MCH-0001-10791114622547";
const secret = "SK-SimulatorOnly0123456789";
const targets = { notification: "/api/doku/notifications", inquiry: "/api/doku/inquiries" };

/**
 * A signed message that this Alfa payment was made; `serial` makes it that real payment.
 * @param target the path that is signed, where settings name another one
 */
export function signedNotification({ invoice, code, amount, serial, target = targets.notification }) {
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  const body = JSON.stringify({
    service: { id: "ONLINE_TO_OFFLINE" },
    acquirer: { id: "ALFA" },
    channel: { id: "ONLINE_TO_OFFLINE_ALFA" },
    transaction: { status: "SUCCESS", date: now, original_request_id: randomUUID() },
    order: { invoice_number: invoice, amount },
    online_to_offline_info: { payment_code: code },
    online_to_offline_payment: {
      identifier: [
        { name: "AGENT_ID", value: "ALFAMART" },
        { name: "AGENT_STORE_ID", value: "T001" },
        { name: "AGENT_TRX_ID", value: String(serial) },
      ],
    },
  });
  return { body, headers: { "content-type": "application/json", ...sign(body, now, target) } };
}

/** A till's signed question what a code is worth. */
export function signedInquiry({ code, serial }) {
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  const body = JSON.stringify({
    service: { id: "ONLINE_TO_OFFLINE" },
    acquirer: { id: "ALFA" },
    channel: { id: "ONLINE_TO_OFFLINE_ALFA" },
    online_to_offline_info: { payment_code: code },
    online_to_offline_inquiry: {
      date: now,
      identifier: [
        { name: "AGENT_ID", value: "ALFAMART" },
        { name: "AGENT_STORE_ID", value: "T001" },
        { name: "AGENT_TRX_ID", value: String(serial) },
      ],
    },
  });
  return { body, headers: { "content-type": "application/json", ...sign(body, now, targets.inquiry) } };
}

function sign(body, timestamp, target) {
  const requestId = randomUUID();
  const digest = createHash("sha256").update(body).digest("base64");
  const component = [
    `Client-Id:${clientId}`,
    `Request-Id:${requestId}`,
    `Request-Timestamp:${timestamp}`,
    `Request-Target:${target}`,
    `Digest:${digest}`,
  ].join("\n");
  const hmac = createHmac("sha256", secret).update(component).digest("base64");
  return {
    "client-id": clientId,
    "request-id": requestId,
    "request-timestamp": timestamp,
    signature: `HMACSHA256=${hmac}`,
  };
}
