import type { TransactionReport } from "@/lib/doku/transaction-report";
import { toAcquirerIds } from "@/lib/payment/acquirer-ids";
import type { PaymentUpdate } from "@/lib/payment/payment-update";

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

/**
 * Converts DOKU's report into a payment update. Money with a date that cannot be parsed is still money: it then happened,
 * as far as we can know, when the report arrived.
 */
export const toPaymentUpdate = (
  report: TransactionReport,
  { arrivedAt, ...origin }: Pick<PaymentUpdate, "source" | "identity"> & { arrivedAt: Date },
): PaymentUpdate => ({
  ...origin,
  outcome: outcomes[report.status],
  amount: report.amount,
  at: report.date ?? arrivedAt,
  ...(report.date === undefined && { isArrivalTime: true }),
  acquirerIds: toAcquirerIds(report.identifiers),
});
