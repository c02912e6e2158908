import { desc, eq } from "drizzle-orm";
import type { Db, Tx } from "../database";
import { appearances, logos } from "../schema";

export type AppearanceRow = typeof appearances.$inferSelect;
export type LogoRow = typeof logos.$inferSelect;
type LogoSize = Pick<LogoRow, "hash" | "widthPx" | "heightPx">;

const logoSize = { hash: logos.hash, widthPx: logos.widthPx, heightPx: logos.heightPx };

/** The newest one, with the size of its logo; undefined while all is the default. */
export async function findAppearance(
  db: Db | Tx,
): Promise<{ row: AppearanceRow; logo: LogoSize | null } | undefined> {
  const [found] = await db
    .select({ row: appearances, logo: logoSize })
    .from(appearances)
    .leftJoin(logos, eq(logos.hash, appearances.logo))
    .orderBy(desc(appearances.version))
    .limit(1);
  return found;
}

/** @returns false when another change has taken this version */
export async function insertAppearance(tx: Tx, row: AppearanceRow): Promise<boolean> {
  const inserted = await tx
    .insert(appearances)
    .values(row)
    .onConflictDoNothing()
    .returning({ version: appearances.version });
  return inserted.length > 0;
}

/** The same picture may come back: it stands there once. */
export async function insertLogo(tx: Tx, logo: LogoRow): Promise<void> {
  await tx.insert(logos).values(logo).onConflictDoNothing();
}

/** A logo of now or of earlier. */
export async function findLogo(db: Db, hash: string): Promise<Uint8Array | undefined> {
  const [logo] = await db.select({ content: logos.content }).from(logos).where(eq(logos.hash, hash));
  return logo?.content;
}
