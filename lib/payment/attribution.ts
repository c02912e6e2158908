/**
 * Who did something: the shopper, a member of staff, the merchant's own program with an API key, DOKU by an answer or a
 * message, or this program (`system`).
 */
export type Actor = "shopper" | "system" | "doku" | `staff:${string}` | `api_key:${string}`;
export type ActorKind = "shopper" | "system" | "doku" | "staff" | "api_key";

/** The same rule as a regular expression for the database's check. */
export const actorPattern = "^(shopper|system|doku|(staff|api_key):.+)$";

/** Why it was done, or how it became known. */
export const reasons = [
  "checkout",
  // The merchant's own ways to make a payment: the form, a table of bills, a call of the API.
  "dashboard",
  "import",
  "api",
  // The actor asked for this change.
  "requested",
  "method_changed",
  // A code was issued for a payment that had been superseded meanwhile.
  "replaced",
  // DOKU's answer to a request for a code, or for a change of one.
  "create_response",
  "change_response",
  "notification",
  "status_check",
  // The time to pay is over, and DOKU knows of no payment.
  "deadline_passed",
  // DOKU refused the request, and a status check confirms that it knows of no payment.
  "request_refused",
  // DOKU never answered usably, and knows of no payment.
  "no_response",
  "case_decided",
] as const;
export type Reason = (typeof reasons)[number];

export type Attribution = { actor: Actor; reason: Reason };

/** Rows older than these columns do not say which member of staff it was, and sometimes not why. */
export type RecordedAttribution = { actor: Actor | "staff"; reason: Reason | undefined };

export const staffActor = (id: string): Actor => `staff:${id}`;

/** `staff:42` is a member of staff with the id 42. */
export function parseActor(actor: RecordedAttribution["actor"]): { kind: ActorKind; id: string | undefined } {
  if (actor === "shopper" || actor === "system" || actor === "doku" || actor === "staff")
    return { kind: actor, id: undefined };
  const kind = actor.startsWith("staff:") ? "staff" : "api_key";
  return { kind, id: actor.slice(kind.length + 1) };
}
