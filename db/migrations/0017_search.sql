CREATE TABLE "search_fill" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"before_at" timestamp with time zone NOT NULL,
	"before_id" text NOT NULL,
	CONSTRAINT "search_fill_one_row" CHECK ("search_fill"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "search_terms" (
	"term" text COLLATE "C" NOT NULL,
	"day" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"order_id" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "search_terms_by_term" ON "search_terms" USING btree ("term");--> statement-breakpoint
CREATE INDEX "search_terms_by_day" ON "search_terms" USING btree ("day","term");--> statement-breakpoint
CREATE INDEX "payments_bills_open" ON "payments" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "payments"."code_kind" = 'dipc' and "payments"."status" in ('requested', 'awaiting_payment');--> statement-breakpoint
CREATE INDEX "payments_bills_paid" ON "payments" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "payments"."code_kind" = 'dipc' and "payments"."status" in ('paid', 'refunded');--> statement-breakpoint
CREATE INDEX "payments_bills_ended" ON "payments" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "payments"."code_kind" = 'dipc' and "payments"."status" in ('expired', 'cancelled', 'failed');--> statement-breakpoint
CREATE INDEX "payments_live" ON "payments" USING btree ("reusable",coalesce("expires_at", "created_at") desc,"order_id" desc) WHERE "payments"."status" in ('requested', 'awaiting_payment') and "payments"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX "notification_matches_of_payment" ON "notification_matches" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "notifications_strays_by_verdict" ON "notifications" USING btree ("verdict","received_at") WHERE "notifications"."order_id" is null;--> statement-breakpoint
-- Called in FROM and not STRICT, so that PostgreSQL plans them once, with the statement around them.
-- Letters without their accents, in small Latin letters. db/queries/dashboard/search-text.ts does the same to what is searched for.
CREATE FUNCTION search_fold(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select lower(regexp_replace(normalize(given, NFKD), '[\u0300-\u036f]', '', 'g') COLLATE "C")
$$;
--> statement-breakpoint
CREATE FUNCTION search_words(given text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select left(word, 64) from regexp_split_to_table(public.search_fold(given),
    '[\u0001-/:-`{-\u007f\u2000-\u206f\u3000-\u303f]+') word where word <> ''
$$;
--> statement-breakpoint
CREATE FUNCTION order_search_terms(name text, email text, phone text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select word from public.search_words(name) word
  union select left(public.search_fold(email), 64) where email <> ''
  union select left(regexp_replace(phone, '[^0-9]', '', 'g'), 64) where phone <> ''
$$;
--> statement-breakpoint
CREATE FUNCTION payment_search_terms(invoice text, code text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select lower(invoice COLLATE "C") where invoice is not null union all select code where code is not null
$$;
--> statement-breakpoint
CREATE FUNCTION search_day(at timestamptz) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  select floor(extract(epoch from at) / 86400)::integer
$$;
--> statement-breakpoint
CREATE FUNCTION replace_search_terms(given_id text, placed_at timestamptz, terms_before text[], terms_now text[])
RETURNS void LANGUAGE plpgsql AS $$
declare
  gone text[] := array(select unnest(terms_before) except select unnest(terms_now));
begin
  if cardinality(gone) > 0 then
    delete from public.search_terms s
    where s.day = public.search_day(placed_at) and s.term = any (gone) and s.order_id = given_id;
  end if;
  insert into public.search_terms (term, day, created_at, order_id)
    select term, public.search_day(placed_at), placed_at, given_id from unnest(terms_now) term
    where term <> all (terms_before);
end $$;
--> statement-breakpoint
-- For a whole statement at once: thousands of bills are imported with one.
CREATE FUNCTION add_order_terms() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
begin
  insert into public.search_terms (term, day, created_at, order_id)
    select term, public.search_day(created_at), created_at, id
    from added, lateral public.order_search_terms(customer_name, customer_email, customer_phone) term;
  return null;
end $$;
--> statement-breakpoint
CREATE FUNCTION add_payment_terms() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
begin
  insert into public.search_terms (term, day, created_at, order_id)
    select term, public.search_day(o.created_at), o.created_at, o.id
    -- Not a join, whose plan may be kept from an import of thousands and then read all orders for one payment.
    from added, lateral (select id, created_at from public.orders where id = added.order_id limit 1) o,
      lateral public.payment_search_terms(invoice_number, payment_code) term;
  return null;
end $$;
--> statement-breakpoint
-- With the owner's rights, as all of these: the app's role only reads the table, also that of an older release.
-- `new` is null for a deleted row. As arrays, with which the index is used for each term.
CREATE FUNCTION keep_order_terms() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
declare
  given_id text := old.id;
  placed_at timestamptz := old.created_at;
  terms_before text[] := array(
    select term from public.order_search_terms(old.customer_name, old.customer_email, old.customer_phone) term);
  terms_now text[] := array(
    select term from public.order_search_terms(new.customer_name, new.customer_email, new.customer_phone) term);
begin
  perform public.replace_search_terms(given_id, placed_at, terms_before, terms_now);
  return null;
end $$;
--> statement-breakpoint
CREATE FUNCTION keep_payment_terms() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
declare
  given_id text := old.order_id;
  placed_at timestamptz := (select created_at from public.orders where id = given_id);
  terms_before text[] := array(
    select term from public.payment_search_terms(old.invoice_number, old.payment_code) term);
  terms_now text[] := array(
    select term from public.payment_search_terms(new.invoice_number, new.payment_code) term);
begin
  perform public.replace_search_terms(given_id, placed_at, terms_before, terms_now);
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER orders_terms_of_new AFTER INSERT ON "orders" REFERENCING NEW TABLE AS added FOR EACH STATEMENT
  EXECUTE FUNCTION add_order_terms();
--> statement-breakpoint
CREATE TRIGGER orders_terms_of_changed AFTER UPDATE OF customer_name, customer_email, customer_phone ON "orders" FOR EACH ROW
  WHEN ((old.customer_name, old.customer_email, old.customer_phone)
    IS DISTINCT FROM (new.customer_name, new.customer_email, new.customer_phone))
  EXECUTE FUNCTION keep_order_terms();
--> statement-breakpoint
CREATE TRIGGER orders_terms_of_deleted AFTER DELETE ON "orders" FOR EACH ROW EXECUTE FUNCTION keep_order_terms();
--> statement-breakpoint
CREATE TRIGGER payments_terms_of_new AFTER INSERT ON "payments" REFERENCING NEW TABLE AS added FOR EACH STATEMENT
  EXECUTE FUNCTION add_payment_terms();
--> statement-breakpoint
CREATE TRIGGER payments_terms_of_changed AFTER UPDATE OF invoice_number, payment_code ON "payments" FOR EACH ROW
  WHEN ((old.invoice_number, old.payment_code) IS DISTINCT FROM (new.invoice_number, new.payment_code))
  EXECUTE FUNCTION keep_payment_terms();
--> statement-breakpoint
CREATE TRIGGER payments_terms_of_deleted AFTER DELETE ON "payments" FOR EACH ROW EXECUTE FUNCTION keep_payment_terms();
--> statement-breakpoint
-- Writes the terms of the newest orders that lack them, from before the triggers. Holds locks on these orders alone.
-- Answers whether older ones are left, or are being written by another process. Reads by index alone: the planner does
-- not know how few orders a lot has, and would read whole tables for each.
CREATE FUNCTION fill_search_terms(at_most integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET enable_hashjoin = off SET enable_mergejoin = off
SET enable_seqscan = off AS $$
declare
  from_at timestamptz;
  from_id text;
  last_order record;
begin
  select before_at, before_id into from_at, from_id from public.search_fill for update skip locked;
  if not found then return exists (select from public.search_fill); end if;
  with lot as materialized (
    select id, created_at, customer_name, customer_email, customer_phone from public.orders
    where (created_at, id) < (from_at, from_id)
    order by created_at desc nulls last, id desc nulls last limit at_most for share),
  found as (
    select term, public.search_day(created_at) as day, created_at, id from lot,
      lateral public.order_search_terms(customer_name, customer_email, customer_phone) term
    union
    select term, public.search_day(lot.created_at), lot.created_at, lot.id
      from lot join public.payments p on p.order_id = lot.id,
      lateral public.payment_search_terms(p.invoice_number, p.payment_code) term),
  written as (
    insert into public.search_terms (term, day, created_at, order_id)
    select * from found where not exists (
      select from public.search_terms s where s.day = found.day and s.term = found.term and s.order_id = found.id))
  select created_at, id into last_order from lot order by created_at, id limit 1;
  if last_order is null then
    delete from public.search_fill;
    return false;
  end if;
  update public.search_fill set before_at = last_order.created_at, before_id = last_order.id;
  return true;
end $$;
--> statement-breakpoint
INSERT INTO "search_fill" ("before_at", "before_id") VALUES ('infinity', '');
