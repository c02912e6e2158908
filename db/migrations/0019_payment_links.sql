CREATE TABLE "payment_link_orders" (
	"order_id" text PRIMARY KEY NOT NULL,
	"link_id" uuid NOT NULL,
	"note" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payment_link_pictures" (
	"link_id" uuid PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"content" "bytea" NOT NULL,
	CONSTRAINT "payment_link_pictures_type" CHECK ("payment_link_pictures"."type" in ('image/png', 'image/jpeg', 'image/webp')),
	CONSTRAINT "payment_link_pictures_size" CHECK (length("payment_link_pictures"."content") between 1 and 1048576)
);
--> statement-breakpoint
CREATE TABLE "payment_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"create_key" text NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"thanks" text,
	"amount" bigint,
	"min_amount" bigint,
	"max_amount" bigint,
	"stock" integer,
	"ends_at" timestamp with time zone,
	"asks_phone" text NOT NULL,
	"asks_address" text NOT NULL,
	"asks_note" text NOT NULL,
	"switched_off_at" timestamp with time zone,
	"pictured_at" timestamp with time zone,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "payment_links_slug_unique" UNIQUE("slug"),
	CONSTRAINT "payment_links_create_key_unique" UNIQUE("create_key"),
	CONSTRAINT "payment_links_slug" CHECK ("payment_links"."slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length("payment_links"."slug") <= 46),
	CONSTRAINT "payment_links_price" CHECK (num_nonnulls("payment_links"."amount", "payment_links"."min_amount") = 1 and coalesce("payment_links"."amount", "payment_links"."min_amount") > 0 and ("payment_links"."min_amount" is null) = ("payment_links"."max_amount" is null) and ("payment_links"."max_amount" is null or "payment_links"."max_amount" >= "payment_links"."min_amount")),
	CONSTRAINT "payment_links_stock" CHECK ("payment_links"."stock" > 0),
	CONSTRAINT "payment_links_asks" CHECK ("payment_links"."asks_phone" in ('no', 'optional', 'required') and "payment_links"."asks_address" in ('no', 'optional', 'required') and "payment_links"."asks_note" in ('no', 'optional', 'required')),
	CONSTRAINT "payment_links_created_by" CHECK ("payment_links"."created_by" ~ '^(shopper|system|doku|(staff|api_key):.+)$')
);
--> statement-breakpoint
ALTER TABLE "payment_link_orders" ADD CONSTRAINT "payment_link_orders_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_link_orders" ADD CONSTRAINT "payment_link_orders_link_id_payment_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."payment_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_link_pictures" ADD CONSTRAINT "payment_link_pictures_link_id_payment_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."payment_links"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "payment_link_orders_of_link" ON "payment_link_orders" USING btree ("link_id","order_id");--> statement-breakpoint
CREATE INDEX "payment_links_newest" ON "payment_links" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);