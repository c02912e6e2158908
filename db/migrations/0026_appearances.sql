CREATE TABLE "appearances" (
	"version" integer PRIMARY KEY NOT NULL,
	"name" text,
	"accent" text,
	"whatsapp" text,
	"phone" text,
	"email" text,
	"website" text,
	"help_id" text,
	"help_en" text,
	"logo" text,
	"actor" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "appearances_accent" CHECK ("appearances"."accent" ~ '^#[0-9a-f]{6}$'),
	CONSTRAINT "appearances_actor" CHECK ("appearances"."actor" ~ '^(shopper|system|doku|(staff|api_key):.+)$')
);
--> statement-breakpoint
CREATE TABLE "logos" (
	"hash" text PRIMARY KEY NOT NULL,
	"content" "bytea" NOT NULL,
	"width_px" integer NOT NULL,
	"height_px" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "logos_hash" CHECK ("logos"."hash" ~ '^[0-9a-f]{32}$'),
	CONSTRAINT "logos_size" CHECK (length("logos"."content") between 1 and 1048576)
);
--> statement-breakpoint
ALTER TABLE "appearances" ADD CONSTRAINT "appearances_logo_logos_hash_fk" FOREIGN KEY ("logo") REFERENCES "public"."logos"("hash") ON DELETE no action ON UPDATE no action;