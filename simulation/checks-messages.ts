import type { Snapshot } from "./snapshot";
import { invariant } from "./trial";
import type { Trial } from "./trial";

/** I2 and I3: what was acknowledged is stored byte for byte, and the body of an unverified message is not stored. */
export function checkMessages(trial: Trial, before: Snapshot, { notifications }: Snapshot): void {
  if (notifications.length === before.notifications.length && !trial.sent.some(isAcknowledged)) return;
  const stored = new Map<string, number>();
  for (const { verdict, body, request_id, verified_by } of notifications) {
    if (verdict === "rejected") {
      invariant(
        body === null && verified_by === null,
        "I3 the body of an unverified message is not stored",
        request_id,
      );
      continue;
    }
    const key = `${request_id ?? ""} ${(body ?? "").slice(2)}`;
    stored.set(key, (stored.get(key) ?? 0) + 1);
  }
  const acknowledged = new Map<string, number>();
  const sent = new Map<string, number>();
  for (const message of trial.sent) {
    const key = `${message.requestId} ${message.bodyHex}`;
    if (message.acknowledged) {
      invariant(message.signed, "I3 an unverified message is never accepted", message.requestId);
      acknowledged.set(key, (acknowledged.get(key) ?? 0) + 1);
    }
    if (message.signed) sent.set(key, (sent.get(key) ?? 0) + 1);
  }
  for (const [key, times] of acknowledged)
    invariant(
      (stored.get(key) ?? 0) >= times,
      "I2 what was acknowledged is stored byte for byte",
      decodeKey(key),
    );
  for (const [key, times] of stored)
    invariant(times <= (sent.get(key) ?? 0), "I3 what is stored was sent and signed", decodeKey(key));
}

const isAcknowledged = ({ acknowledged }: Trial["sent"][number]): boolean => acknowledged;

function decodeKey(key: string): string {
  const [requestId = "", hex = ""] = key.split(" ");
  return `${requestId} ${Buffer.from(hex, "hex").toString("utf8")}`;
}

/** I3: a step with only an unverified message, or without the database, changes nothing. */
export function checkUnchanged(before: Snapshot, after: Snapshot, rule: string): void {
  const toComparable = (snapshot: Snapshot) =>
    JSON.stringify({
      ...snapshot,
      notifications: snapshot.notifications.filter(({ verdict }) => verdict !== "rejected"),
    });
  invariant(toComparable(before) === toComparable(after), rule);
}
