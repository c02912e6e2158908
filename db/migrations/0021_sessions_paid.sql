DROP INDEX "checkout_sessions_due";--> statement-breakpoint
ALTER TABLE "checkout_sessions" ADD COLUMN "paid_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "checkout_sessions_open" ON "checkout_sessions" USING btree ("created_at" DESC NULLS LAST,"order_id" DESC NULLS LAST) WHERE "checkout_sessions"."expired_at" is null and "checkout_sessions"."cancelled_at" is null and "checkout_sessions"."paid_at" is null;--> statement-breakpoint
CREATE INDEX "checkout_sessions_expired" ON "checkout_sessions" USING btree ("created_at" DESC NULLS LAST,"order_id" DESC NULLS LAST) WHERE "checkout_sessions"."expired_at" is not null;--> statement-breakpoint
CREATE INDEX "checkout_sessions_cancelled" ON "checkout_sessions" USING btree ("created_at" DESC NULLS LAST,"order_id" DESC NULLS LAST) WHERE "checkout_sessions"."cancelled_at" is not null;--> statement-breakpoint
CREATE INDEX "checkout_sessions_due" ON "checkout_sessions" USING btree ("expires_at") WHERE "checkout_sessions"."expired_at" is null and "checkout_sessions"."cancelled_at" is null and "checkout_sessions"."paid_at" is null;--> statement-breakpoint
-- With the owner's rights, as those of the outbox: whichever statement, release or person says that an order is paid.
CREATE FUNCTION keep_session_paid() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
begin
  update public.checkout_sessions set paid_at = new.paid_at where order_id = new.id;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER orders_paid_to_session AFTER UPDATE OF paid_at ON "orders" FOR EACH ROW
  WHEN (old.paid_at IS DISTINCT FROM new.paid_at) EXECUTE FUNCTION keep_session_paid();
