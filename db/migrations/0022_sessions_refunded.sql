ALTER TABLE "checkout_sessions" ADD COLUMN "refunded_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "checkout_sessions_refunded" ON "checkout_sessions" USING btree ("created_at" DESC NULLS LAST,"order_id" DESC NULLS LAST) WHERE "checkout_sessions"."refunded_at" is not null;--> statement-breakpoint
-- With the owner's rights, as the copy of the order's payment.
CREATE FUNCTION keep_session_refunded() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
begin
  update public.checkout_sessions set refunded_at = new.closed_at where order_id = new.order_id;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER payments_refunded_to_session AFTER UPDATE OF status ON "payments" FOR EACH ROW
  WHEN (new.status = 'refunded' AND old.status <> 'refunded') EXECUTE FUNCTION keep_session_refunded();
--> statement-breakpoint
UPDATE "checkout_sessions" SET "refunded_at" = "payments"."closed_at" FROM "payments"
  WHERE "payments"."order_id" = "checkout_sessions"."order_id" AND "payments"."status" = 'refunded';
