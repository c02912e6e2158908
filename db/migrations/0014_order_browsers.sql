CREATE TABLE "order_browsers" (
	"order_id" text NOT NULL,
	"browser" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "order_browsers_order_id_browser_pk" PRIMARY KEY("order_id","browser")
);
--> statement-breakpoint
ALTER TABLE "order_browsers" ADD CONSTRAINT "order_browsers_order_id_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."orders"("id") ON DELETE no action ON UPDATE no action;