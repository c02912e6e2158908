const orderColumns = `id, checkout_key, amount, version, customer_name, customer_email, customer_phone, billing, shipping,
  created_at, updated_at`;
const itemColumns = `position, product_id, name_id, name_en, price, quantity, category, shipped, url, image_url`;
const sessionColumns = `reference, description, channels, locale, expires_at, success_url, cancel_url, metadata, created_at`;
const answerColumns = `api_key_id, key, request_hash, run_id, running_until, http_status, body, created_at`;
const eventColumns = `id, kind, cause, actor, reason, at`;

/**
 * The statement of `insertSessionOrders`, around its one parameter, a JSON document. One statement instead of five for each: a shop's
 * program waits for each. Nothing is written where the checkout key is known; a reference that belongs to an open session
 * breaks `checkout_sessions_one_open`, and an `Idempotency-Key` that was used before breaks its primary key. In the sequence
 * of the keys, so that two such statements wait for each other in one direction.
 */
export const newSessionStatement = [
  "with input as materialized (select ",
  `::jsonb as document),
placed_order as (
  insert into orders (${orderColumns})
  select x."id", x."checkoutKey", x."amount", x."version", x."customerName", x."customerEmail", x."customerPhone", x."billing",
    x."shipping", x."createdAt", x."createdAt"
  from input, jsonb_to_recordset(input.document -> 'orders') as x("id" text, "checkoutKey" text, "amount" bigint,
    "version" int, "customerName" text, "customerEmail" text, "customerPhone" text, "billing" jsonb, "shipping" jsonb,
    "createdAt" timestamptz)
  order by x."checkoutKey"
  on conflict (checkout_key) do nothing
  returning id, version),
new_items as (
  insert into order_items (order_id, ${itemColumns})
  select o.id, x."position", x."productId", x."nameId", x."nameEn", x."price", x."quantity", x."category", x."shipped",
    x."url", x."imageUrl"
  from input, jsonb_to_recordset(input.document -> 'items') as x("orderId" text, "position" int, "productId" text,
    "nameId" text, "nameEn" text, "price" bigint, "quantity" int, "category" text, "shipped" boolean, "url" text,
    "imageUrl" text) join placed_order o on o.id = x."orderId"),
new_session as (
  insert into checkout_sessions (order_id, ${sessionColumns})
  select o.id, x."reference", x."description", x."channels", x."locale", x."expiresAt", x."successUrl", x."cancelUrl",
    x."metadata", x."createdAt"
  from input, jsonb_to_recordset(input.document -> 'sessions') as x("orderId" text, "reference" text, "description" text,
    "channels" text[], "locale" text, "expiresAt" timestamptz, "successUrl" text, "cancelUrl" text, "metadata" jsonb,
    "createdAt" timestamptz) join placed_order o on o.id = x."orderId"
  order by x."reference"),
new_event as (
  insert into payment_events (order_id, version, ${eventColumns})
  select o.id, o.version, x."id", x."kind", x."cause", x."actor", x."reason", x."at"
  from input, jsonb_to_recordset(input.document -> 'events') as x("orderId" text, "id" uuid, "kind" text, "cause" text,
    "actor" text, "reason" text, "at" timestamptz) join placed_order o on o.id = x."orderId"),
kept_answer as (
  insert into idempotency_keys (${answerColumns})
  select x."apiKeyId", x."key", x."requestHash", x."runId", x."at", x."httpStatus", x."body", x."at"
  from input, jsonb_to_recordset(input.document -> 'answers') as x("orderId" text, "apiKeyId" text, "key" text,
    "requestHash" text, "runId" uuid, "httpStatus" int, "body" text, "at" timestamptz)
    join placed_order o on o.id = x."orderId"
  order by x."apiKeyId", x."key")
select id from placed_order`,
] as const;
