/** The columns of `notifications`, in the order of both inserts below. */
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
 * The statement of `writePaymentUpdates`, around its one parameter, a JSON document. It decides nothing: every value
 * was decided in TypeScript, and is written only if the order's version is still the one that was read.
 *
 * `locked_orders` locks in one sequence, so that two such statements cannot deadlock, and skips an order that is
 * locked: its update is decided again under the order's lock. `advanced_orders` raises the version of unchanged orders;
 * everything else is written for these. Both find orders by an array, because the planner expects few rows from one.
 * `nextCheckRule` is applied here because a status check may be rescheduled without a new version.
 */
export const writeStatement = [
  "with input as materialized (select ",
  `::jsonb as document),
requested_writes as materialized (
  select x.* from input, jsonb_to_recordset(input.document -> 'writes') as x("orderId" text, "seen" int,
    "orderPaidAt" timestamptz, "orderAmount" bigint, "paymentId" uuid, "status" text, "amount" bigint,
    "paidLate" boolean, "paidAt" timestamptz, "closedAt" timestamptz, "failureReason" text, "nextCheckRule" text,
    "nextCheckAt" timestamptz, "endsChanges" boolean, "at" timestamptz, "notificationId" uuid, "receipt" jsonb,
    "confirm" jsonb, "event" jsonb, "cases" jsonb, "solves" jsonb, "delivery" jsonb, "match" jsonb)),
locked_orders as materialized (
  select id from orders where id = any(array(select "orderId" from requested_writes)) order by id
  for update skip locked),
advanced_orders as (
  update orders set version = orders.version + 1, updated_at = w."at", paid_at = w."orderPaidAt",
    amount = w."orderAmount"
  from requested_writes w
  where orders.id = any(array(select id from locked_orders)) and orders.id = w."orderId" and orders.version = w."seen"
  returning orders.id, orders.version),
accepted_writes as materialized (
  select w.*, o.version from requested_writes w join advanced_orders o on o.id = w."orderId"),
updated_payments as (
  update payments set status = w."status", paid_late = w."paidLate", paid_at = w."paidAt", closed_at = w."closedAt",
    failure_reason = w."failureReason", amount = w."amount",
    next_check_at = case w."nextCheckRule" when 'keep' then payments.next_check_at when 'replace' then w."nextCheckAt"
      when 'bring_forward' then least(payments.next_check_at, w."nextCheckAt") end
  from accepted_writes w where payments.id = w."paymentId"),
overtaken_changes as (
  update payment_changes set status = 'overtaken', settled_at = w."at"
  from accepted_writes w
  where payment_changes.payment_id = w."paymentId" and payment_changes.status = 'requested' and w."endsChanges"),
kept_deliveries as (
  insert into notifications (${notificationColumns})
  select ${deliveryValues} from accepted_writes w, jsonb_to_record(w."delivery") as x${deliveryShape}
  where w."delivery" is not null
  union all
  select ${deliveryValues} from input, jsonb_to_recordset(input.document -> 'deliveries') as x${deliveryShape}),
kept_matches as (
  insert into notification_matches (${matchColumns})
  select ${matchValues} from accepted_writes w, jsonb_to_record(w."match") as x${matchShape}
  where w."match" is not null
  union all
  select ${matchValues} from input, jsonb_to_recordset(input.document -> 'matches') as x${matchShape}
  on conflict do nothing),
new_receipts as (
  insert into receipts (id, identity, payment_id, order_id, amount, paid_at, source, notification_id, identifiers,
    one_time, created_at)
  select x."id", x."identity", w."paymentId", w."orderId", x."amount", x."paidAt", x."source", w."notificationId",
    x."identifiers", x."oneTime", w."at"
  from accepted_writes w, jsonb_to_record(w."receipt") as x("id" uuid, "identity" text, "amount" bigint,
    "paidAt" timestamptz, "source" text, "identifiers" jsonb, "oneTime" boolean)
  where w."receipt" is not null),
new_confirmations as (
  insert into receipt_confirmations (receipt_id, identity, notification_id, identifiers, created_at)
  select x."receiptId", x."identity", w."notificationId", x."identifiers", w."at"
  from accepted_writes w, jsonb_to_record(w."confirm")
    as x("receiptId" uuid, "identity" text, "identifiers" jsonb)
  where w."confirm" is not null),
solved_cases as (
  update cases set closed_at = w."at", note = w."solves" ->> 'fact', resolution = 'solved'
  from accepted_writes w
  where cases.payment_id = w."paymentId" and cases.closed_at is null and w."solves" -> 'kinds' ? cases.kind),
opened_cases as (
  insert into cases (id, kind, order_id, payment_id, notification_id, opened_at)
  select x."id", x."kind", w."orderId", w."paymentId", w."notificationId", w."at"
  from accepted_writes w, jsonb_to_recordset(w."cases") as x("id" uuid, "kind" text) where w."cases" is not null
  on conflict do nothing),
opened_orphan_cases as (
  insert into cases (id, kind, notification_id, subject, opened_at)
  select (x."opens" ->> 'caseId')::uuid, 'orphan', x."id", x."opens" ->> 'subject', x."receivedAt"
  from input, jsonb_to_recordset(input.document -> 'deliveries')
    as x("id" uuid, "receivedAt" timestamptz, "opens" jsonb)
  where x."opens" is not null
  on conflict do nothing),
new_events as (
  insert into payment_events (id, order_id, version, payment_id, kind, from_status, to_status, actor, reason, cause,
    notification_id, detail, at)
  select x."id", w."orderId", w.version, w."paymentId", x."kind", x."from", x."to", x."actor", x."reason", x."cause",
    w."notificationId", x."detail", w."at"
  from accepted_writes w, jsonb_to_record(w."event") as x("id" uuid, "kind" text, "from" text, "to" text, "actor" text,
    "reason" text, "cause" text, "detail" jsonb))
select id from advanced_orders`,
] as const;
