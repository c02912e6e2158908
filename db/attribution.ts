import { parseActor } from "../lib/payment/attribution";
import type { Attribution, RecordedAttribution } from "../lib/payment/attribution";
import type { ChangeKind } from "../lib/payment/change-request";
import type { EventCause, EventKind } from "./schema";

/**
 * The columns for who and why. `cause` is for processes of an older release that may still run beside this one; it is
 * removed in the release after the one that added `actor`.
 */
export const toAttributionColumns = ({
  actor,
  reason,
}: Attribution): Attribution & { cause: EventCause } => ({
  actor,
  reason,
  cause: toCause({ actor, reason }),
});

function toCause({ actor, reason }: Attribution): EventCause {
  if (reason === "notification" || reason === "status_check") return reason;
  const { kind } = parseActor(actor);
  switch (kind) {
    case "shopper":
    case "doku":
      return kind;
    case "staff":
    case "api_key":
      return "merchant";
    case "system":
      return "clock";
  }
}

type AttributedRow = {
  actor: Attribution["actor"] | null;
  reason: Attribution["reason"] | null;
  cause: EventCause;
  kind?: EventKind | ChangeKind | undefined;
  to?: string | null;
};

/** Who and why of a row. For rows from before the two columns only what is certain. */
export function toAttribution({ actor, reason, ...old }: AttributedRow): RecordedAttribution {
  return actor !== null && reason !== null ? { actor, reason } : toOldAttribution(old);
}

function toOldAttribution({
  cause,
  kind,
  to,
}: Pick<AttributedRow, "cause" | "kind" | "to">): RecordedAttribution {
  switch (cause) {
    case "notification":
    case "status_check":
      return { actor: "doku", reason: cause };
    case "doku":
      return { actor: cause, reason: kind === "change_refused" ? "change_response" : "create_response" };
    case "clock":
      return { actor: "system", reason: to === "expired" ? "deadline_passed" : undefined };
    case "merchant":
      return { actor: "staff", reason: kind === "case_closed" ? "case_decided" : undefined };
    case "shopper":
      return { actor: cause, reason: toShopperReason(kind) };
  }
}

/**
 * Older releases named the shopper also when the system cancelled a superseded code, so for a change no reason is
 * known.
 */
function toShopperReason(kind: AttributedRow["kind"]): RecordedAttribution["reason"] {
  if (kind === "order_placed" || kind === "payment_started") return "checkout";
  return kind === "superseded" ? "method_changed" : undefined;
}
