import "server-only";
import { readFileSync } from "node:fs";
import path from "node:path";

/** What this process was built from (next.config.mjs); the same sources give the same on every machine. */
export function readBuildId(folder = process.cwd()): string {
  try {
    return readFileSync(path.join(folder, ".next", "BUILD_ID"), "utf8").trim();
  } catch {
    // `next dev` and the worker run from the sources.
    return "development";
  }
}
