import type { TransactionReport } from "@/lib/doku/transaction-report";
import { acquirerIdsOf } from "@/lib/payment/acquirer-ids";
import type { PaymentUpdate } from "@/lib/payment/decide";

const outcomes = {
  SUCCESS: "success",
  FAILED: "failed",
  EXPIRED: "expired",
  REFUNDED: "refunded",
  PENDING: "pending",
  // Not the words of our channels (docs/doku-protocol.md#9-check-status): nothing is known by them.
  TIMEOUT: "pending",
  REDIRECT: "pending",
} as const satisfies Record<TransactionReport["status"], PaymentUpdate["outcome"]>;

/** DOKU's notice in our words. */
export const toPaymentUpdate = (
  notice: TransactionReport,
  told: Pick<PaymentUpdate, "source" | "identity">,
): PaymentUpdate => ({
  ...told,
  outcome: outcomes[notice.status],
  amount: notice.amount,
  at: notice.date,
  acquirerIds: acquirerIdsOf(notice.identifiers),
});
