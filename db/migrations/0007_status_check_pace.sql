CREATE TABLE "status_check_pace" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"second" bigint NOT NULL,
	"taken" integer NOT NULL,
	CONSTRAINT "status_check_pace_one_row" CHECK ("status_check_pace"."id" = 1)
);
