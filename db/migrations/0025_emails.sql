CREATE TABLE "email_opt_outs" (
	"address_hash" text PRIMARY KEY NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "emails" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"payment_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"occasion" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"reason" text,
	"smtp_code" integer,
	"tries" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"leased_until" timestamp with time zone,
	"lease" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "emails_once" UNIQUE("payment_id","kind","occasion"),
	CONSTRAINT "emails_kind" CHECK ("emails"."kind" in ('code_made', 'code_ending', 'paid', 'under_review', 'refunded')),
	CONSTRAINT "emails_status" CHECK ("emails"."status" in ('pending', 'sent', 'failed', 'skipped')),
	CONSTRAINT "emails_reason" CHECK ("emails"."reason" in ('unreachable', 'timeout', 'insecure', 'sign_in_refused', 'deferred', 'rejected', 'over', 'opted_out', 'no_address')),
	CONSTRAINT "emails_settled" CHECK (("emails"."status" = 'pending') = ("emails"."settled_at" is null))
);
--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "locale" text;--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emails" ADD CONSTRAINT "emails_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "emails_due" ON "emails" USING btree ("due_at") WHERE "emails"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "emails_of_order" ON "emails" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "emails_oldest" ON "emails" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "emails_sent" ON "emails" USING btree ("settled_at") WHERE "emails"."status" = 'sent';--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_locale" CHECK ("orders"."locale" in ('id', 'en'));