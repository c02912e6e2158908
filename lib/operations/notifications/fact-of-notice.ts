import type { Notice } from "@/lib/doku/notice";
import { acquirerIdsOf } from "@/lib/payment/acquirer-ids";
import type { Fact } from "@/lib/payment/decide";

const outcomes = {
  SUCCESS: "success",
  FAILED: "failed",
  EXPIRED: "expired",
  REFUNDED: "refunded",
  PENDING: "pending",
  // Not the words of our channels (protocol part 9): nothing is known by them.
  TIMEOUT: "pending",
  REDIRECT: "pending",
} as const satisfies Record<Notice["status"], Fact["outcome"]>;

/** DOKU's notice in our words. */
export const factOf = (notice: Notice, told: Pick<Fact, "source" | "identity">): Fact => ({
  ...told,
  outcome: outcomes[notice.status],
  amount: notice.amount,
  at: notice.date,
  acquirerIds: acquirerIdsOf(notice.identifiers),
});
