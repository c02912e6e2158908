DROP INDEX "payments_code";--> statement-breakpoint
CREATE INDEX "notifications_strays" ON "notifications" USING btree ("received_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "notifications"."order_id" is null;--> statement-breakpoint
CREATE INDEX "orders_phone" ON "orders" USING btree ("customer_phone" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "orders_name" ON "orders" USING gin (to_tsvector('simple', "customer_name"));--> statement-breakpoint
CREATE INDEX "payments_invoice" ON "payments" USING btree ("invoice_number" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "receipts_of_payment" ON "receipts" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "receipts_by_time" ON "receipts" USING btree ("paid_at");--> statement-breakpoint
CREATE INDEX "payments_code" ON "payments" USING btree ("payment_code" text_pattern_ops);