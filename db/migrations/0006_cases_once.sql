ALTER TABLE "cases" ADD COLUMN "subject" text;--> statement-breakpoint
CREATE UNIQUE INDEX "cases_orphan_once" ON "cases" USING btree ("subject") WHERE "cases"."kind" = 'orphan';--> statement-breakpoint
CREATE INDEX "payment_events_reviews" ON "payment_events" USING btree ("payment_id") WHERE "payment_events"."kind" = 'needs_review';--> statement-breakpoint
INSERT INTO "cases" ("id", "kind", "notification_id", "subject", "opened_at")
SELECT DISTINCT ON ("body_digest") gen_random_uuid(), 'orphan', "id", 'bytes ' || "body_digest", "received_at"
FROM "notifications" WHERE "verdict" = 'orphan'
	AND NOT EXISTS (SELECT 1 FROM "notification_matches" WHERE "notification_matches"."notification_id" = "notifications"."id")
ORDER BY "body_digest", "received_at";
