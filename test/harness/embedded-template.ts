import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { root } from "../../scripts/prepare.mjs";
import { hashMigrations } from "./migrations-hash";
import { createEmbedded } from "./servers";

/** A migrated, empty database for a new folder. It is created once, which takes ten seconds, and then copied. */
export async function copyEmbedded(folder: string): Promise<void> {
  const template = path.join(root, ".cache", "embedded", hashMigrations());
  if (!existsSync(template)) await createTemplate(template);
  cpSync(template, folder, { recursive: true });
}

/** Two workers may do this at the same moment; each moves a whole folder into place, and the first one stays. */
async function createTemplate(template: string): Promise<void> {
  const own = `${template}.${process.pid}`;
  mkdirSync(path.dirname(template), { recursive: true });
  await createEmbedded(root, own);
  rmSync(`${own}.lock`, { recursive: true, force: true });
  try {
    renameSync(own, template);
  } catch (error) {
    if (!existsSync(template)) throw error;
    rmSync(own, { recursive: true });
  }
}
