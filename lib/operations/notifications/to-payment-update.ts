import type { TransactionReport } from "@/lib/doku/transaction-report";
import { acquirerIdsOf } from "@/lib/payment/acquirer-ids";
import type { PaymentUpdate } from "@/lib/payment/decide";

const outcomes = {
  SUCCESS: "success",
  FAILED: "failed",
  EXPIRED: "expired",
  REFUNDED: "refunded",
  PENDING: "pending",
  // Statuses of channels that this project does not have (docs/doku-protocol.md#9-check-status): they say nothing here.
  TIMEOUT: "pending",
  REDIRECT: "pending",
} as const satisfies Record<TransactionReport["status"], PaymentUpdate["outcome"]>;

/** Converts DOKU's report into a payment update. */
export const toPaymentUpdate = (
  notice: TransactionReport,
  origin: Pick<PaymentUpdate, "source" | "identity">,
): PaymentUpdate => ({
  ...origin,
  outcome: outcomes[notice.status],
  amount: notice.amount,
  at: notice.date,
  acquirerIds: acquirerIdsOf(notice.identifiers),
});
