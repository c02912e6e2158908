import { and, eq, getTableColumns, inArray, sql } from "drizzle-orm";
import type { CaseKind } from "@/lib/payment/case-kind";
import type { InvoiceNumber } from "@/lib/payment/invoice-number";
import type { OrderId } from "@/lib/payment/order-id";
import type { ChannelId } from "@/lib/payment/payment";
import type { Rupiah } from "@/lib/payment/rupiah";
import { isOpen, selectReportedAmount } from "../cases";
import type { PaymentClaimRow } from "../payment-claims";
import { mostCounted, toBoundedCount } from "./bounded-count";
import type { BoundedCount } from "./bounded-count";
import type { Page } from "./orders";
import type { UnmatchedNotification } from "./unmatched";
import type { Db } from "@/db/database";
import { StaffUser } from "../staff";
import { cases, notifications, orders, paymentClaims, payments } from "@/db/schema";

/** Something that a person has to decide, with what is known about its money. */
export type OpenCase = {
  id: string;
  kind: CaseKind;
  openedAt: Date;
  orderId: OrderId | null;
  orderAmount: Rupiah | null;
  customerName: string | null;
  invoiceNumber: InvoiceNumber | null;
  channel: ChannelId | null;
  /** The amount that DOKU reported last; null when it was missing or unusable. */
  reportedAmount: number | null;
  /** The sum of the order's receipts. */
  received: number;
  /** The first message of an orphan. */
  message: UnmatchedNotification | null;
  /** What a shopper said who says that they have paid. */
  claim: PaymentClaimRow | null;
};

/** Open cases, oldest first. @param after the id of the last one of the page before */
export async function listOpenCases(
  db: Db,
  merchant: StaffUser,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Page<OpenCase, string>> {
  StaffUser.check(merchant);
  const found = await db
    .select({
      id: cases.id,
      kind: cases.kind,
      openedAt: cases.openedAt,
      orderId: cases.orderId,
      orderAmount: orders.amount,
      customerName: orders.customerName,
      invoiceNumber: payments.invoiceNumber,
      channel: payments.channel,
      reportedAmount: selectReportedAmount(sql`cases`),
      received: sql<number>`(select coalesce(sum(r.amount), 0)::float8 from receipts r where r.order_id = ${cases.orderId})`,
      message: getTableColumns(notifications),
      claim: getTableColumns(paymentClaims),
    })
    .from(cases)
    .leftJoin(orders, sql`${orders.id} = ${cases.orderId}`)
    .leftJoin(payments, sql`${payments.id} = ${cases.paymentId}`)
    .leftJoin(notifications, sql`${cases.kind} = 'orphan' and ${notifications.id} = ${cases.notificationId}`)
    .leftJoin(paymentClaims, eq(paymentClaims.caseId, cases.id))
    .where(
      sql`${isOpen} and ${
        after === undefined
          ? sql`true`
          : sql`(${cases.openedAt}, ${cases.id}) > (select a.opened_at, a.id from cases a where a.id = ${after}::uuid)`
      }`,
    )
    .orderBy(cases.openedAt, cases.id)
    .limit(limit + 1);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? items.at(-1)?.id : undefined };
}

/** For the menu, which every page has. */
export async function countOpenCases(db: Db, merchant: StaffUser): Promise<BoundedCount> {
  StaffUser.check(merchant);
  const open = db
    .select({ id: cases.id })
    .from(cases)
    .where(isOpen)
    .limit(mostCounted + 1)
    .as("open");
  return toBoundedCount(await db.$count(open));
}

/** Who closed a case, when, and with which note. */
export type CaseClosing = { at: Date; by: string; note: string };

/** Closed cases of orphans. @returns by the subject of the message */
export async function findOrphanClosings(
  db: Db,
  merchant: StaffUser,
  subjects: readonly string[],
): Promise<Map<string, CaseClosing>> {
  StaffUser.check(merchant);
  const found = await db
    .select({ subject: cases.subject, at: cases.closedAt, by: cases.closedBy, note: cases.note })
    .from(cases)
    .where(and(eq(cases.kind, "orphan"), inArray(cases.subject, [...subjects])));
  return new Map(
    found.flatMap(({ subject, at, by, note }) =>
      subject !== null && at !== null && note !== null ? [[subject, { at, by: by ?? "", note }]] : [],
    ),
  );
}
