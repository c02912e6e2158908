import { sql } from "drizzle-orm";
import type { Db } from "@/db/database";
import { rows } from "@/db/rows";

export type PaymentLine = {
  id: string;
  order_id: string;
  attempt: number;
  channel: string;
  invoice_number: string;
  amount: number;
  reusable: boolean;
  request_id: string;
  request_path: string;
  request_body: string;
  status: string;
  payment_code: string | null;
  payment_url: string | null;
  expires_at: string | null;
  paid_at: string | null;
  paid_late: boolean;
  closed_at: string | null;
  failure_reason: string | null;
  superseded_at: string | null;
  next_check_at: string | null;
  leased_until: string | null;
  created_at: string;
};
export type OrderLine = { id: string; amount: number; version: number; paid_at: string | null };
export type ReceiptLine = {
  id: string;
  payment_id: string;
  order_id: string;
  amount: number;
  source: string;
  notification_id: string | null;
};
export type NotificationLine = {
  id: string;
  verdict: string;
  reason: string;
  payment_id: string | null;
  request_id: string | null;
  /** `\x` and hexadecimal digits. */
  body: string | null;
  verified_by: string | null;
};
export type EventLine = {
  id: string;
  order_id: string;
  version: number;
  payment_id: string | null;
  kind: string;
  detail: { identity?: string } | null;
};
export type CaseLine = {
  id: string;
  kind: string;
  order_id: string | null;
  payment_id: string | null;
  notification_id: string | null;
  opened_at: string;
  closed_at: string | null;
};
export type ChangeLine = { id: string; payment_id: string; kind: string; status: string; created_at: string };

/** All that the program has on record, in one statement and so of one moment. */
export type Picture = {
  orders: OrderLine[];
  payments: PaymentLine[];
  receipts: ReceiptLine[];
  confirmations: { receipt_id: string }[];
  notifications: NotificationLine[];
  matches: { notification_id: string; payment_id: string; verdict: string }[];
  events: EventLine[];
  cases: CaseLine[];
  changes: ChangeLine[];
};

const all = (table: string, key: string) =>
  sql.raw(`(select coalesce(jsonb_agg(to_jsonb(t) order by ${key}), '[]') from ${table} t)`);

export async function readPicture(db: Db): Promise<Picture> {
  const [found] = await rows<{ picture: string }>(
    db,
    sql`select jsonb_build_object(
      'orders', ${all("orders", "id")}, 'payments', ${all("payments", "order_id, attempt")},
      'receipts', ${all("receipts", "id")}, 'confirmations', ${all("receipt_confirmations", "receipt_id")},
      'notifications', ${all("notifications", "id")}, 'matches', ${all("notification_matches", "notification_id")},
      'events', ${all("payment_events", "order_id, version")}, 'cases', ${all("cases", "id")},
      'changes', ${all("payment_changes", "id")})::text as picture`,
  );
  const picture: Picture = JSON.parse(found?.picture ?? "{}");
  return picture;
}

/** Every row out, the shop's goods excepted: the next schedule starts on an empty database. */
export async function empty(db: Db, isFull: boolean): Promise<void> {
  if (isFull) {
    await db.execute(sql`truncate notification_matches, receipt_confirmations, receipts, cases, payment_events,
      payment_changes, notifications, payments, order_items, orders restart identity cascade`);
    return;
  }
  await db.execute(sql`with a as (delete from notification_matches), b as (delete from receipt_confirmations),
    c as (delete from receipts), d as (delete from cases), e as (delete from payment_events),
    f as (delete from payment_changes), g as (delete from notifications), h as (delete from payments),
    i as (delete from order_items) delete from orders`);
}
