import type { PaymentRow } from "@/db/queries/orders";
import { getChannel } from "@/lib/channels/registry";
import { nextCheckAt } from "@/lib/payment/schedule";

type Row = Pick<
  PaymentRow,
  | "status"
  | "channel"
  | "tries"
  | "expiresAt"
  | "closedAt"
  | "paidAt"
  | "failureReason"
  | "codeKind"
  | "inquiredAt"
>;

/** When to ask DOKU next about a payment as its row stands, or will stand; undefined when nothing is left to learn. */
export const nextCheckOf = (row: Row, now: Date): Date | undefined =>
  nextCheckAt(
    {
      status: row.status,
      tries: row.tries,
      expiresAt: row.expiresAt ?? undefined,
      closedAt: row.closedAt ?? undefined,
      paidAt: row.paidAt ?? undefined,
      refunds: getChannel(row.channel).refunds,
      // After a lost answer DOKU may have the payment all the same, and know of it only later.
      refused: row.failureReason === "refused" && row.tries === 0,
      selfHosted: heldHereOf(row),
    },
    now,
  );

/** What `Watched` says of a bill that waits here; undefined for all that DOKU holds. */
export const heldHereOf = ({ codeKind, inquiredAt }: Pick<PaymentRow, "codeKind" | "inquiredAt">) =>
  codeKind === "dipc" ? { inquiredAt: inquiredAt ?? undefined } : undefined;
