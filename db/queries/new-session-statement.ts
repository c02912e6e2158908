const orderColumns = `id, checkout_key, amount, version, customer_name, customer_email, customer_phone, billing, shipping,
  created_at, updated_at`;
const itemColumns = `position, product_id, name_id, name_en, price, quantity, category, shipped, url, image_url`;
const sessionColumns = `reference, description, channels, locale, expires_at, success_url, cancel_url, metadata, created_at`;
const eventColumns = `id, kind, cause, actor, reason, at`;

/**
 * The statement of `insertSessionOrder`, around its one parameter, a JSON document. One statement instead of five: a shop's
 * program waits for each. Nothing is written where the checkout key is known; a reference that belongs to an open session
 * breaks `checkout_sessions_one_open`.
 */
export const newSessionStatement = [
  "with input as materialized (select ",
  `::jsonb as document),
placed_order as (
  insert into orders (${orderColumns})
  select x."id", x."checkoutKey", x."amount", x."version", x."customerName", x."customerEmail", x."customerPhone", x."billing",
    x."shipping", x."at", x."at"
  from input, jsonb_to_record(input.document -> 'order') as x("id" text, "checkoutKey" text, "amount" bigint,
    "version" int, "customerName" text, "customerEmail" text, "customerPhone" text, "billing" jsonb, "shipping" jsonb, "at" timestamptz)
  on conflict (checkout_key) do nothing
  returning id, version),
new_items as (
  insert into order_items (order_id, ${itemColumns})
  select o.id, x."position", x."productId", x."nameId", x."nameEn", x."price", x."quantity", x."category", x."shipped",
    x."url", x."imageUrl"
  from placed_order o, input, jsonb_to_recordset(input.document -> 'items') as x("position" int, "productId" text,
    "nameId" text, "nameEn" text, "price" bigint, "quantity" int, "category" text, "shipped" boolean, "url" text,
    "imageUrl" text)),
new_session as (
  insert into checkout_sessions (order_id, ${sessionColumns})
  select o.id, x."reference", x."description", x."channels", x."locale", x."expiresAt", x."successUrl", x."cancelUrl",
    x."metadata", x."createdAt"
  from placed_order o, input, jsonb_to_record(input.document -> 'session') as x("reference" text, "description" text,
    "channels" text[], "locale" text, "expiresAt" timestamptz, "successUrl" text, "cancelUrl" text, "metadata" jsonb,
    "createdAt" timestamptz)),
new_event as (
  insert into payment_events (order_id, version, ${eventColumns})
  select o.id, o.version, x."id", x."kind", x."cause", x."actor", x."reason", x."at"
  from placed_order o, input, jsonb_to_record(input.document -> 'event') as x("id" uuid, "kind" text, "cause" text,
    "actor" text, "reason" text, "at" timestamptz))
select id from placed_order`,
] as const;
