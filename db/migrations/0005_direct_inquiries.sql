CREATE TABLE "inquiries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"answer" text NOT NULL,
	"reason" text NOT NULL,
	"http_status" integer NOT NULL,
	"took_ms" integer NOT NULL,
	"order_id" text,
	"payment_id" uuid,
	"payment_code" text,
	"request_id" text,
	"headers" jsonb NOT NULL,
	"body" "bytea",
	"body_digest" text NOT NULL,
	"answered" text NOT NULL,
	"identifiers" jsonb NOT NULL,
	"verified_by" text,
	CONSTRAINT "inquiries_answer" CHECK ("inquiries"."answer" in ('success', 'decline', 'billing_already_paid', 'billing_was_expired', 'billing_not_found', 'rejected')),
	CONSTRAINT "inquiries_signed_is_whole" CHECK (("inquiries"."answer" = 'rejected') = ("inquiries"."body" is null)),
	CONSTRAINT "inquiries_verified" CHECK (("inquiries"."answer" = 'rejected') = ("inquiries"."verified_by" is null))
);
--> statement-breakpoint
ALTER TABLE "payment_changes" DROP CONSTRAINT "payment_changes_kind";--> statement-breakpoint
ALTER TABLE "payment_changes" ADD COLUMN "details" jsonb;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "code_kind" text DEFAULT 'dgpc' NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "terms" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "payments" ADD COLUMN "inquired_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "inquiries" ADD CONSTRAINT "inquiries_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inquiries" ADD CONSTRAINT "inquiries_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "inquiries_newest" ON "inquiries" USING btree ("received_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "inquiries_of_payment" ON "inquiries" USING btree ("payment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payments_own_code_once" ON "payments" USING btree ("payment_code") WHERE "payments"."code_kind" <> 'dgpc' and "payments"."status" in ('requested', 'awaiting_payment');--> statement-breakpoint
CREATE INDEX "payments_bills" ON "payments" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "payments"."code_kind" = 'dipc';--> statement-breakpoint
CREATE INDEX "payments_reusable" ON "payments" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "payments"."reusable";--> statement-breakpoint
ALTER TABLE "payment_changes" ADD CONSTRAINT "payment_changes_details" CHECK (("payment_changes"."kind" = 'details') = ("payment_changes"."details" is not null));--> statement-breakpoint
ALTER TABLE "payment_changes" ADD CONSTRAINT "payment_changes_kind" CHECK ("payment_changes"."kind" in ('cancel', 'extend', 'amount', 'details'));--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_code_kind" CHECK ("payments"."code_kind" in ('dgpc', 'mgpc', 'dipc'));--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_own_code_known" CHECK ("payments"."code_kind" = 'dgpc' or "payments"."payment_code" is not null);