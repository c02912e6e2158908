import { sql } from "drizzle-orm";
import { check, integer, pgTable, text } from "drizzle-orm/pg-core";
import { hashPattern } from "../../lib/appearance/appearance";
import { colourPattern } from "../../lib/appearance/colour";
import type { Colour } from "../../lib/appearance/colour";
import { actorPattern } from "../../lib/payment/attribution";
import type { Actor } from "../../lib/payment/attribution";
import { mostPictureBytes } from "../../lib/payment/picture";
import { bytes, moment } from "./columns";

/** Pictures that were once the merchant's logo. They stay: a page or a mail of that time still shows them. */
export const logos = pgTable(
  "logos",
  {
    /** Of the content. */
    hash: text("hash").primaryKey(),
    /** A PNG that this program drew itself. */
    content: bytes("content").notNull(),
    widthPx: integer("width_px").notNull(),
    heightPx: integer("height_px").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    check("logos_hash", sql`${table.hash} ~ '${sql.raw(hashPattern)}'`),
    check("logos_size", sql`length(${table.content}) between 1 and ${sql.raw(String(mostPictureBytes))}`),
  ],
);

/** How the merchant looks to shoppers. Each change adds a whole row, and the newest one counts. Null is the default. */
export const appearances = pgTable(
  "appearances",
  {
    /** One more than the last, so that of two changes at once the second is made again on top of the first. */
    version: integer("version").primaryKey(),
    name: text("name"),
    accent: text("accent").$type<Colour>(),
    whatsapp: text("whatsapp"),
    phone: text("phone"),
    email: text("email"),
    website: text("website"),
    helpId: text("help_id"),
    helpEn: text("help_en"),
    logo: text("logo").references(() => logos.hash),
    actor: text("actor").$type<Actor>().notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    check("appearances_accent", sql`${table.accent} ~ '${sql.raw(colourPattern)}'`),
    check("appearances_actor", sql`${table.actor} ~ '${sql.raw(actorPattern)}'`),
  ],
);
