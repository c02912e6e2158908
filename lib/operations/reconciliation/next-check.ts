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

/** When the next status check of a payment with this row is due; undefined when there is nothing left to learn. */
export const computeNextCheck = (row: Row, now: Date): Date | undefined =>
  nextCheckAt(
    {
      status: row.status,
      tries: row.tries,
      expiresAt: row.expiresAt ?? undefined,
      closedAt: row.closedAt ?? undefined,
      paidAt: row.paidAt ?? undefined,
      refunds: getChannel(row.channel).refunds,
      // After a lost answer DOKU may have made the payment, and may report it only later.
      refused: row.failureReason === "refused" && row.tries === 0,
      selfHosted: toSelfHosted(row),
    },
    now,
  );

/** For a bill for direct inquiry, which we hold; undefined for payments that DOKU holds. */
export const toSelfHosted = ({ codeKind, inquiredAt }: Pick<PaymentRow, "codeKind" | "inquiredAt">) =>
  codeKind === "dipc" ? { inquiredAt: inquiredAt ?? undefined } : undefined;
