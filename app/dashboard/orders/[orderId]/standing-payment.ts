import type { PaymentRow } from "@/db/orders";

/** As in the list (db/dashboard.ts): the one that is paid, else refunded, else the newest that still counts. */
export const standingPayment = (newestFirst: readonly PaymentRow[]): PaymentRow | undefined =>
  newestFirst.find(({ status }) => status === "paid") ??
  newestFirst.find(({ status }) => status === "refunded") ??
  newestFirst.find(({ supersededAt }) => supersededAt === null);
