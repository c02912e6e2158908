import "server-only";
import type { MerchantCodeRow } from "@/db/queries/bill-rows";
import { toBillId, toPaymentId, toSessionId } from "@/lib/api/ids";
import type { BillResource } from "@/lib/api/resources";

/** The members that bills and top-up codes have in common. @param livemode whether it is real money */
export const toCodeMembers = (row: MerchantCodeRow, livemode: boolean) => ({
  version: row.version,
  payment: toPaymentId(row.id),
  checkout_session: toSessionId(row.orderId),
  payment_code: row.paymentCode,
  channel: row.channel,
  amount: row.amount,
  currency: "IDR" as const,
  status: row.status,
  description: row.description,
  customer: { name: row.customerName, email: row.customerEmail, phone: row.customerPhone },
  expires_at: row.expiresAt?.toISOString() ?? null,
  created_at: row.createdAt.toISOString(),
  livemode,
});

export const toBillResource = (row: MerchantCodeRow, livemode: boolean): BillResource => ({
  id: toBillId(row.id),
  object: "bill",
  ...toCodeMembers(row, livemode),
  paid_at: row.paidAt?.toISOString() ?? null,
});
