import type { Picture } from "./snapshot";
import { must } from "./trial";
import type { Trial } from "./trial";

/** I2 and I3: what was acknowledged is kept byte for byte, and nothing unproven leaves more than a line behind. */
export function checkMessages(trial: Trial, before: Picture, { notifications }: Picture): void {
  if (notifications.length === before.notifications.length && !trial.sent.some(isNews)) return;
  const kept = new Map<string, number>();
  for (const { verdict, body, request_id, verified_by } of notifications) {
    if (verdict === "rejected") {
      must(body === null && verified_by === null, "I3 of an unproven message no body is kept", request_id);
      continue;
    }
    const key = `${request_id ?? ""} ${(body ?? "").slice(2)}`;
    kept.set(key, (kept.get(key) ?? 0) + 1);
  }
  const acknowledged = new Map<string, number>();
  const sent = new Map<string, number>();
  for (const message of trial.sent) {
    const key = `${message.requestId} ${message.bodyHex}`;
    if (message.acknowledged) {
      must(message.signed, "I3 an unproven message is never accepted", message.requestId);
      acknowledged.set(key, (acknowledged.get(key) ?? 0) + 1);
    }
    if (message.signed) sent.set(key, (sent.get(key) ?? 0) + 1);
  }
  for (const [key, times] of acknowledged)
    must((kept.get(key) ?? 0) >= times, "I2 what was acknowledged is kept, byte for byte", decoded(key));
  for (const [key, times] of kept)
    must(times <= (sent.get(key) ?? 0), "I3 what is kept was sent and signed", decoded(key));
}

const isNews = ({ acknowledged }: Trial["sent"][number]): boolean => acknowledged;

function decoded(key: string): string {
  const [requestId = "", hex = ""] = key.split(" ");
  return `${requestId} ${Buffer.from(hex, "hex").toString("utf8")}`;
}

/** I3: a step that only brought an unproven message, or met no database, leaves everything as it was. */
export function checkUnchanged(before: Picture, after: Picture, rule: string): void {
  const essence = (picture: Picture) =>
    JSON.stringify({
      ...picture,
      notifications: picture.notifications.filter(({ verdict }) => verdict !== "rejected"),
    });
  must(essence(before) === essence(after), rule);
}
