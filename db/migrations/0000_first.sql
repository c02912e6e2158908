CREATE TABLE "accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"order_id" text,
	"payment_id" uuid,
	"notification_id" uuid,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"closed_by" text,
	"note" text,
	CONSTRAINT "cases_kind" CHECK ("cases"."kind" in ('paid_twice', 'paid_after_cancel', 'amount_differs', 'orphan', 'conflicting_answer')),
	CONSTRAINT "cases_closed_with_note" CHECK (("cases"."closed_at" is null) = ("cases"."note" is null))
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"verdict" text NOT NULL,
	"reason" text NOT NULL,
	"order_id" text,
	"payment_id" uuid,
	"invoice_number" text,
	"request_id" text,
	"headers" jsonb NOT NULL,
	"body" "bytea",
	"body_digest" text NOT NULL,
	"verified_by" text,
	CONSTRAINT "notifications_verdict" CHECK ("notifications"."verdict" in ('applied', 'repeat', 'ignored', 'amount_differs', 'needs_review', 'orphan', 'rejected')),
	CONSTRAINT "notifications_signed_is_whole" CHECK (("notifications"."verdict" = 'rejected') = ("notifications"."body" is null)),
	CONSTRAINT "notifications_verified" CHECK (("notifications"."verdict" = 'rejected') = ("notifications"."verified_by" is null))
);
--> statement-breakpoint
CREATE TABLE "order_items" (
	"order_id" text NOT NULL,
	"position" integer NOT NULL,
	"product_id" text NOT NULL,
	"name_id" text NOT NULL,
	"name_en" text NOT NULL,
	"price" bigint NOT NULL,
	"quantity" integer NOT NULL,
	"category" text NOT NULL,
	"shipped" boolean NOT NULL,
	CONSTRAINT "order_items_order_id_position_pk" PRIMARY KEY("order_id","position"),
	CONSTRAINT "order_items_price" CHECK ("order_items"."price" > 0),
	CONSTRAINT "order_items_quantity" CHECK ("order_items"."quantity" between 1 and 99999999)
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" text PRIMARY KEY NOT NULL,
	"checkout_key" text NOT NULL,
	"amount" bigint NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"customer_name" text,
	"customer_email" text,
	"customer_phone" text,
	"billing" jsonb,
	"shipping" jsonb,
	"paid_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "orders_checkout_key_unique" UNIQUE("checkout_key"),
	CONSTRAINT "orders_amount" CHECK ("orders"."amount" between 1 and 9007199254740991),
	CONSTRAINT "orders_version" CHECK ("orders"."version" > 0)
);
--> statement-breakpoint
CREATE TABLE "payment_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"version" integer NOT NULL,
	"payment_id" uuid,
	"kind" text NOT NULL,
	"from_status" text,
	"to_status" text,
	"cause" text NOT NULL,
	"notification_id" uuid,
	"detail" jsonb,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "payment_events_cause" CHECK ("payment_events"."cause" in ('shopper', 'merchant', 'doku', 'notification', 'status_check', 'clock'))
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"attempt" integer NOT NULL,
	"channel" text NOT NULL,
	"invoice_number" text NOT NULL,
	"amount" bigint NOT NULL,
	"reusable" boolean DEFAULT false NOT NULL,
	"expires_in_minutes" integer NOT NULL,
	"request_id" text NOT NULL,
	"request_path" text NOT NULL,
	"request_body" text NOT NULL,
	"status" text NOT NULL,
	"payment_code" text,
	"payment_url" text,
	"how_to_pay_page" text,
	"how_to_pay_api" text,
	"identifiers" jsonb,
	"expires_at" timestamp with time zone,
	"paid_at" timestamp with time zone,
	"paid_late" boolean DEFAULT false NOT NULL,
	"closed_at" timestamp with time zone,
	"failure_reason" text,
	"superseded_at" timestamp with time zone,
	"last_trouble" jsonb,
	"next_check_at" timestamp with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"checked_at" timestamp with time zone,
	"leased_until" timestamp with time zone,
	"lease" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "payments_invoice_number_unique" UNIQUE("invoice_number"),
	CONSTRAINT "payments_request_id_unique" UNIQUE("request_id"),
	CONSTRAINT "payments_amount" CHECK ("payments"."amount" between 1 and 9007199254740991),
	CONSTRAINT "payments_attempt_positive" CHECK ("payments"."attempt" > 0),
	CONSTRAINT "payments_code_digits" CHECK ("payments"."payment_code" ~ '^[0-9]{1,25}$'),
	CONSTRAINT "payments_status" CHECK ("payments"."status" in ('requested', 'awaiting_payment', 'paid', 'expired', 'cancelled', 'failed', 'refunded')),
	CONSTRAINT "payments_awaiting_has_means" CHECK ("payments"."status" <> 'awaiting_payment' or ("payments"."expires_at" is not null and num_nonnulls("payments"."payment_code", "payments"."payment_url") = 1)),
	CONSTRAINT "payments_paid_has_time" CHECK ("payments"."status" <> 'paid' or "payments"."paid_at" is not null),
	CONSTRAINT "payments_closed_has_time" CHECK ("payments"."status" not in ('expired', 'cancelled', 'failed', 'refunded') or "payments"."closed_at" is not null),
	CONSTRAINT "payments_failed_has_reason" CHECK (("payments"."status" = 'failed') = ("payments"."failure_reason" is not null))
);
--> statement-breakpoint
CREATE TABLE "products" (
	"id" text PRIMARY KEY NOT NULL,
	"name_id" text NOT NULL,
	"name_en" text NOT NULL,
	"price" bigint NOT NULL,
	"category" text NOT NULL,
	"shipped" boolean NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "products_price" CHECK ("products"."price" > 0)
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"count" integer NOT NULL,
	"last_request" bigint NOT NULL,
	CONSTRAINT "rate_limits_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"identity" text NOT NULL,
	"payment_id" uuid NOT NULL,
	"order_id" text NOT NULL,
	"amount" bigint NOT NULL,
	"paid_at" timestamp with time zone NOT NULL,
	"source" text NOT NULL,
	"notification_id" uuid,
	"identifiers" jsonb NOT NULL,
	"one_time" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "receipts_identity_unique" UNIQUE("identity"),
	CONSTRAINT "receipts_amount" CHECK ("receipts"."amount" > 0),
	CONSTRAINT "receipts_source" CHECK ("receipts"."source" in ('notification', 'status_check'))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_notification_id_notifications_id_fk" FOREIGN KEY ("notification_id") REFERENCES "public"."notifications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_items" ADD CONSTRAINT "order_items_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_events" ADD CONSTRAINT "payment_events_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_events" ADD CONSTRAINT "payment_events_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_events" ADD CONSTRAINT "payment_events_notification_id_notifications_id_fk" FOREIGN KEY ("notification_id") REFERENCES "public"."notifications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_notification_id_notifications_id_fk" FOREIGN KEY ("notification_id") REFERENCES "public"."notifications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_of_user" ON "accounts" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_open_once" ON "cases" USING btree ("kind","payment_id") WHERE "cases"."closed_at" is null and "cases"."payment_id" is not null;--> statement-breakpoint
CREATE INDEX "cases_open" ON "cases" USING btree ("opened_at") WHERE "cases"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "cases_of_order" ON "cases" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "notifications_newest" ON "notifications" USING btree ("received_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "notifications_of_payment" ON "notifications" USING btree ("payment_id");--> statement-breakpoint
CREATE INDEX "notifications_by_invoice" ON "notifications" USING btree ("invoice_number");--> statement-breakpoint
CREATE INDEX "orders_newest" ON "orders" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "payment_events_version" ON "payment_events" USING btree ("order_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "payments_attempt" ON "payments" USING btree ("order_id","attempt");--> statement-breakpoint
CREATE UNIQUE INDEX "payments_one_live" ON "payments" USING btree ("order_id") WHERE "payments"."status" in ('requested', 'awaiting_payment') and "payments"."superseded_at" is null;--> statement-breakpoint
CREATE INDEX "payments_code" ON "payments" USING btree ("payment_code");--> statement-breakpoint
CREATE INDEX "payments_due" ON "payments" USING btree ("next_check_at") WHERE "payments"."next_check_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "receipts_one_time_once" ON "receipts" USING btree ("payment_id") WHERE "receipts"."one_time";--> statement-breakpoint
CREATE INDEX "receipts_of_order" ON "receipts" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "sessions_of_user" ON "sessions" USING btree ("user_id");