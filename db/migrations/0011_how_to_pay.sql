ALTER TABLE "payments" ADD COLUMN "how_to_pay" jsonb;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "how_to_pay_tries" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "how_to_pay_due_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "payments_lack_how_to_pay" ON "payments" USING btree ("created_at" DESC NULLS LAST) WHERE "payments"."status" = 'awaiting_payment' and "payments"."how_to_pay_api" is not null and "payments"."how_to_pay" is null and "payments"."how_to_pay_tries" < 4;