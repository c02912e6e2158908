CREATE TABLE "payment_claim_photos" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "payment_claim_photos_size" CHECK (length("payment_claim_photos"."content") between 1 and 5242880)
);
--> statement-breakpoint
CREATE TABLE "payment_claims" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"order_id" text NOT NULL,
	"receipt_number" text,
	"note" text,
	"has_photo" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "payment_claims_proof" CHECK ("payment_claims"."has_photo" or "payment_claims"."receipt_number" is not null)
);
--> statement-breakpoint
ALTER TABLE "cases" DROP CONSTRAINT "cases_kind";--> statement-breakpoint
ALTER TABLE "payment_claim_photos" ADD CONSTRAINT "payment_claim_photos_case_id_payment_claims_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."payment_claims"("case_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_claims" ADD CONSTRAINT "payment_claims_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_claims" ADD CONSTRAINT "payment_claims_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payment_claims_of_order" ON "payment_claims" USING btree ("order_id","created_at");--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_kind" CHECK ("cases"."kind" in ('paid_twice', 'paid_after_cancel', 'amount_differs', 'orphan', 'conflicting_answer', 'payment_claimed'));