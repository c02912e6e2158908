CREATE TABLE "processes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"build" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL
);
