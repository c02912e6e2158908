ALTER TABLE "payment_changes" DROP CONSTRAINT "payment_changes_kind";--> statement-breakpoint
ALTER TABLE "payment_changes" ADD COLUMN "amount_before" bigint;--> statement-breakpoint
ALTER TABLE "payment_changes" ADD COLUMN "amount_after" bigint;--> statement-breakpoint
ALTER TABLE "payment_changes" ADD CONSTRAINT "payment_changes_amounts" CHECK (case when "payment_changes"."kind" = 'amount' then coalesce("payment_changes"."amount_before" > 0
        and "payment_changes"."amount_after" > 0 and "payment_changes"."amount_before" <> "payment_changes"."amount_after", false)
        else "payment_changes"."amount_before" is null and "payment_changes"."amount_after" is null end);--> statement-breakpoint
ALTER TABLE "payment_changes" ADD CONSTRAINT "payment_changes_kind" CHECK ("payment_changes"."kind" in ('cancel', 'extend', 'amount'));