/** The columns of `notifications` in the order in which both inserts below give them. */
const notificationColumns = `id, received_at, verdict, reason, order_id, payment_id, invoice_number, request_id, headers,
  body, body_digest, verified_by`;

const deliveryShape = `("id" uuid, "receivedAt" timestamptz, "verdict" text, "reason" text, "orderId" text,
  "paymentId" uuid, "invoiceNumber" text, "requestId" text, "headers" jsonb, "body" text, "bodyDigest" text,
  "verifiedBy" text)`;

const deliveryValues = `x."id", x."receivedAt", x."verdict", x."reason", x."orderId", x."paymentId", x."invoiceNumber",
  x."requestId", x."headers", decode(x."body", 'base64'), x."bodyDigest", x."verifiedBy"`;

const matchShape = `("notificationId" uuid, "paymentId" uuid, "verdict" text, "reason" text, "at" timestamptz)`;
const matchColumns = "notification_id, payment_id, verdict, reason, matched_at";
const matchValues = `x."notificationId", x."paymentId", x."verdict", x."reason", x."at"`;

/**
 * The statement of `writeFacts`, around its one parameter, a JSON document. `l` locks the orders in one sequence, so that
 * two such statements cannot wait for each other, and passes over one that is held: its word is decided again under its
 * own lock. `o` raises the version of those that have not moved since they were read; all else follows from `o`. Both
 * look orders up by an array, of which the planner expects few. What was paid is what
 * was asked for, when the amount was changed on the way. In `p` what is known stays known: a payment that was
 * late stays so, and a look that somebody asked for is not put off by a word that moves nothing or ends without money. `x` settles the change
 * of a code that is not waited for any more. `q` opens the case of an orphan, the first time that its message comes.
 */
export const writeStatement = [
  "with told as materialized (select ",
  `::jsonb as it),
w as materialized (
  select x.* from told, jsonb_to_recordset(told.it -> 'writes') as x("orderId" text, "seen" int, "paymentId" uuid,
    "status" text, "paidLate" boolean, "paidAt" timestamptz, "closedAt" timestamptz, "failureReason" text,
    "nextCheckAt" timestamptz, "at" timestamptz, "receiptPaidAt" timestamptz,
    "receiptAmount" bigint, "notificationId" uuid, "receipt" jsonb,
    "confirm" jsonb, "event" jsonb, "cases" jsonb, "delivery" jsonb, "match" jsonb)),
l as materialized (
  select id from orders where id = any(array(select "orderId" from w)) order by id for update skip locked),
o as (
  update orders set version = orders.version + 1, updated_at = w."at",
    paid_at = coalesce(orders.paid_at, w."receiptPaidAt"),
    amount = case when orders.paid_at is null then coalesce(w."receiptAmount", orders.amount) else orders.amount end
  from w where orders.id = any(array(select id from l)) and orders.id = w."orderId" and orders.version = w."seen"
  returning orders.id, orders.version),
k as materialized (select w.*, o.version from w join o on o.id = w."orderId"),
p as (
  update payments set status = k."status", paid_late = payments.paid_late or k."paidLate", paid_at = k."paidAt",
    closed_at = k."closedAt", failure_reason = k."failureReason",
    amount = coalesce(k."receiptAmount", payments.amount),
    next_check_at = case when payments.status = k."status" then payments.next_check_at
      when k."status" in ('paid', 'refunded') then k."nextCheckAt"
      else least(payments.next_check_at, k."nextCheckAt") end
  from k where payments.id = k."paymentId"),
x as (
  update payment_changes set status = 'overtaken', settled_at = k."at"
  from k where payment_changes.payment_id = k."paymentId" and payment_changes.status = 'requested'
    and k."status" <> 'awaiting_payment'),
d as (
  insert into notifications (${notificationColumns})
  select ${deliveryValues} from k, jsonb_to_record(k."delivery") as x${deliveryShape} where k."delivery" is not null
  union all
  select ${deliveryValues} from told, jsonb_to_recordset(told.it -> 'deliveries') as x${deliveryShape}),
m as (
  insert into notification_matches (${matchColumns})
  select ${matchValues} from k, jsonb_to_record(k."match") as x${matchShape} where k."match" is not null
  union all
  select ${matchValues} from told, jsonb_to_recordset(told.it -> 'matches') as x${matchShape}
  on conflict do nothing),
r as (
  insert into receipts (id, identity, payment_id, order_id, amount, paid_at, source, notification_id, identifiers,
    one_time, created_at)
  select x."id", x."identity", k."paymentId", k."orderId", x."amount", k."receiptPaidAt", x."source",
    k."notificationId", x."identifiers", x."oneTime", k."at"
  from k, jsonb_to_record(k."receipt")
    as x("id" uuid, "identity" text, "amount" bigint, "source" text, "identifiers" jsonb, "oneTime" boolean)
  where k."receipt" is not null),
f as (
  insert into receipt_confirmations (receipt_id, identity, notification_id, identifiers, created_at)
  select r.id, k."confirm" ->> 'identity', k."notificationId", k."confirm" -> 'identifiers', k."at"
  from k join receipts r on r.payment_id = k."paymentId" and r.source = 'status_check'
  where k."confirm" is not null),
c as (
  insert into cases (id, kind, order_id, payment_id, notification_id, opened_at)
  select x."id", x."kind", k."orderId", k."paymentId", k."notificationId", k."at"
  from k, jsonb_to_recordset(k."cases") as x("id" uuid, "kind" text) where k."cases" is not null
  on conflict do nothing),
q as (
  insert into cases (id, kind, notification_id, subject, opened_at)
  select (x."opens" ->> 'caseId')::uuid, 'orphan', x."id", x."opens" ->> 'subject', x."receivedAt"
  from told, jsonb_to_recordset(told.it -> 'deliveries') as x("id" uuid, "receivedAt" timestamptz, "opens" jsonb)
  where x."opens" is not null
  on conflict do nothing),
e as (
  insert into payment_events (id, order_id, version, payment_id, kind, from_status, to_status, cause, notification_id,
    detail, at)
  select x."id", k."orderId", k.version, k."paymentId", x."kind", x."from", x."to", x."cause", k."notificationId",
    x."detail", k."at"
  from k, jsonb_to_record(k."event")
    as x("id" uuid, "kind" text, "from" text, "to" text, "cause" text, "detail" jsonb))
select id from o`,
] as const;
