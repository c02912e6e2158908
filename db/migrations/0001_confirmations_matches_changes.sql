CREATE TABLE "notification_matches" (
	"notification_id" uuid PRIMARY KEY NOT NULL,
	"payment_id" uuid NOT NULL,
	"verdict" text NOT NULL,
	"reason" text NOT NULL,
	"matched_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payment_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"payment_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"cause" text NOT NULL,
	"expires_in_minutes" integer NOT NULL,
	"request_id" text NOT NULL,
	"request_path" text NOT NULL,
	"request_body" text NOT NULL,
	"status" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"last_trouble" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "payment_changes_request_id_unique" UNIQUE("request_id"),
	CONSTRAINT "payment_changes_kind" CHECK ("payment_changes"."kind" in ('cancel', 'extend')),
	CONSTRAINT "payment_changes_status" CHECK ("payment_changes"."status" in ('requested', 'done', 'refused', 'overtaken')),
	CONSTRAINT "payment_changes_settled" CHECK (("payment_changes"."status" = 'requested') = ("payment_changes"."settled_at" is null))
);
--> statement-breakpoint
CREATE TABLE "receipt_confirmations" (
	"receipt_id" uuid PRIMARY KEY NOT NULL,
	"identity" text NOT NULL,
	"notification_id" uuid,
	"identifiers" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "receipt_confirmations_identity_unique" UNIQUE("identity")
);
--> statement-breakpoint
ALTER TABLE "notification_matches" ADD CONSTRAINT "notification_matches_notification_id_notifications_id_fk" FOREIGN KEY ("notification_id") REFERENCES "public"."notifications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_matches" ADD CONSTRAINT "notification_matches_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_changes" ADD CONSTRAINT "payment_changes_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipt_confirmations" ADD CONSTRAINT "receipt_confirmations_receipt_id_receipts_id_fk" FOREIGN KEY ("receipt_id") REFERENCES "public"."receipts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipt_confirmations" ADD CONSTRAINT "receipt_confirmations_notification_id_notifications_id_fk" FOREIGN KEY ("notification_id") REFERENCES "public"."notifications"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "payment_changes_one_open" ON "payment_changes" USING btree ("payment_id") WHERE "payment_changes"."status" = 'requested';