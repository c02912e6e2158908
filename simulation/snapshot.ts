import { sql } from "drizzle-orm";
import type { Db } from "@/db/database";
import { rows } from "@/db/rows";

export type PaymentRecord = {
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
export type OrderRecord = {
  id: string;
  amount: number;
  version: number;
  paid_at: string | null;
  created_at: string;
};
export type ReceiptRecord = {
  id: string;
  payment_id: string;
  order_id: string;
  amount: number;
  source: string;
  notification_id: string | null;
  paid_at: string;
};
export type NotificationRecord = {
  id: string;
  verdict: string;
  reason: string;
  payment_id: string | null;
  request_id: string | null;
  /** `\x` and hexadecimal digits. */
  body: string | null;
  verified_by: string | null;
};
export type EventRecord = {
  id: string;
  order_id: string;
  version: number;
  payment_id: string | null;
  kind: string;
  from_status: string | null;
  to_status: string | null;
  at: string;
  detail: { identity?: string; cases?: string[] } | null;
};
export type CaseRecord = {
  id: string;
  kind: string;
  order_id: string | null;
  payment_id: string | null;
  notification_id: string | null;
  opened_at: string;
  closed_at: string | null;
};
export type ChangeRecord = {
  id: string;
  payment_id: string;
  kind: string;
  status: string;
  created_at: string;
};

/** All rows that the program has stored, read in one statement and so at one moment. */
export type Snapshot = {
  orders: OrderRecord[];
  payments: PaymentRecord[];
  receipts: ReceiptRecord[];
  confirmations: { receipt_id: string }[];
  notifications: NotificationRecord[];
  matches: { notification_id: string; payment_id: string; verdict: string }[];
  events: EventRecord[];
  cases: CaseRecord[];
  changes: ChangeRecord[];
};

const all = (table: string, key: string) =>
  sql.raw(`(select coalesce(jsonb_agg(to_jsonb(t) order by ${key}), '[]') from ${table} t)`);

export async function takeSnapshot(db: Db): Promise<Snapshot> {
  const [found] = await rows<{ snapshot: string }>(
    db,
    sql`select jsonb_build_object(
      'orders', ${all("orders", "id")}, 'payments', ${all("payments", "order_id, attempt")},
      'receipts', ${all("receipts", "id")}, 'confirmations', ${all("receipt_confirmations", "receipt_id")},
      'notifications', ${all("notifications", "id")}, 'matches', ${all("notification_matches", "notification_id")},
      'events', ${all("payment_events", "order_id, version")}, 'cases', ${all("cases", "id")},
      'changes', ${all("payment_changes", "id")})::text as snapshot`,
  );
  const snapshot: Snapshot = JSON.parse(found?.snapshot ?? "{}");
  return snapshot;
}

/** What the program has told the merchant's program, or is about to. */
export type WebhookSnapshot = {
  /** Rows that are still to be made events. */
  outbox: { id: number }[];
  /** In the sequence in which they were made. */
  apiEvents: { id: string; created_at: string; body: string }[];
  endpoints: { id: string; disabled_at: string | null; deleted_at: string | null }[];
  deliveries: DeliveryRecord[];
  sessions: { order_id: string; expired_at: string | null; cancelled_at: string | null }[];
};
export type DeliveryRecord = {
  id: string;
  event_id: string;
  endpoint_id: string;
  status: string;
  tries: number;
  due_at: string;
  leased_until: string | null;
};

export async function takeWebhookSnapshot(db: Db): Promise<WebhookSnapshot> {
  const [found] = await rows<{ snapshot: string }>(
    db,
    // Of events of one moment the transaction's number says which was made first.
    sql`select jsonb_build_object(
      'outbox', ${all("outbox", "id")}, 'apiEvents', ${all("api_events", "created_at, xmin::text::bigint")},
      'endpoints', ${all("webhook_endpoints", "id")}, 'deliveries', ${all("webhook_deliveries", "event_id, endpoint_id")},
      'sessions', ${all("checkout_sessions", "order_id")})::text as snapshot`,
  );
  const snapshot: WebhookSnapshot = JSON.parse(found?.snapshot ?? "{}");
  return snapshot;
}

export type EmailRecord = {
  id: string;
  order_id: string;
  payment_id: string;
  kind: string;
  occasion: string;
  status: string;
  due_at: string;
  leased_until: string | null;
};

/** What shoppers were or are to be written. */
export async function takeEmailSnapshot(db: Db): Promise<EmailRecord[]> {
  const [found] = await rows<{ emails: string }>(db, sql`select ${all("emails", "id")}::text as emails`);
  const emails: EmailRecord[] = JSON.parse(found?.emails ?? "[]");
  return emails;
}

/** Deletes every row but the products. @param isFull truncates, which also frees the space */
export async function deleteAllRows(db: Db, isFull: boolean): Promise<void> {
  if (isFull) {
    await db.execute(sql`truncate emails, payment_claims, webhook_attempts, webhook_deliveries, webhook_endpoints, api_events, outbox,
      checkout_sessions, idempotency_keys, api_keys, notification_matches, receipt_confirmations, receipts, cases, payment_events,
      payment_changes, notifications, payments, order_items, orders restart identity cascade`);
    return;
  }
  await db.execute(sql`with a as (delete from notification_matches), b as (delete from receipt_confirmations),
    c as (delete from receipts), d as (delete from cases), e as (delete from payment_events),
    f as (delete from payment_changes), g as (delete from notifications), h as (delete from payments),
    i as (delete from order_items), j as (delete from webhook_attempts), k as (delete from webhook_deliveries),
    l as (delete from webhook_endpoints), m as (delete from api_events), n as (delete from outbox),
    o as (delete from checkout_sessions), p as (delete from idempotency_keys), q as (delete from api_keys),
    r as (delete from emails), s as (delete from payment_claims)
    delete from orders`);
}
