CREATE TABLE "unsigned_messages" (
	"hour" timestamp with time zone NOT NULL,
	"target" text NOT NULL,
	"reason" text NOT NULL,
	"network" text NOT NULL,
	"count" integer NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"headers" jsonb NOT NULL,
	"body_digest" text NOT NULL,
	CONSTRAINT "unsigned_messages_hour_target_reason_network_pk" PRIMARY KEY("hour","target","reason","network"),
	CONSTRAINT "unsigned_messages_target" CHECK ("unsigned_messages"."target" in ('notifications', 'inquiries')),
	CONSTRAINT "unsigned_messages_count" CHECK ("unsigned_messages"."count" > 0)
);
--> statement-breakpoint
CREATE INDEX "unsigned_messages_newest" ON "unsigned_messages" USING btree ("last_at" DESC NULLS LAST);