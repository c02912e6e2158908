import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { root } from "../../scripts/prepare.mjs";

/** Names what is made of the migrations and the embedded engine, so that a change of either makes it again. */
export function hashMigrations(): string {
  const read = (...parts: string[]) => readFileSync(path.join(root, ...parts));
  const hash = createHash("sha256").update(read("node_modules", "@electric-sql", "pglite", "package.json"));
  for (const name of readdirSync(path.join(root, "db", "migrations")).sort())
    if (name.endsWith(".sql")) hash.update(name).update(read("db", "migrations", name));
  return hash.digest("hex").slice(0, 16);
}
