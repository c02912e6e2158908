ALTER TABLE "payment_changes" DROP CONSTRAINT "payment_changes_kind";--> statement-breakpoint
ALTER TABLE "payment_changes" ADD COLUMN "reusable" boolean;--> statement-breakpoint
ALTER TABLE "payment_changes" ADD CONSTRAINT "payment_changes_kind" CHECK ("payment_changes"."kind" in ('cancel', 'extend', 'amount', 'details', 'validity'));--> statement-breakpoint
ALTER TABLE "payment_changes" ADD CONSTRAINT "payment_changes_validity" CHECK (("payment_changes"."kind" = 'validity') = ("payment_changes"."reusable" is not null));