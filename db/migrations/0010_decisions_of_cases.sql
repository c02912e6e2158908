ALTER TABLE "cases" ADD COLUMN "resolution" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "returned_on" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "returned_how" text;--> statement-breakpoint
CREATE INDEX "cases_returned" ON "cases" USING btree ("returned_on") WHERE "cases"."returned_on" is not null;--> statement-breakpoint
CREATE INDEX "payments_refunded" ON "payments" USING btree ("closed_at") WHERE "payments"."status" = 'refunded';--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_resolution" CHECK ("cases"."resolution" in ('accepted', 'returned', 'noted', 'solved'));--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_returned_how" CHECK (num_nonnulls("cases"."returned_on", "cases"."returned_how") = case when "cases"."resolution" = 'returned' then 2 else 0 end);