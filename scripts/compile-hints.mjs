// Part of the build (next.config.mjs). Plain JavaScript, because Next loads it before there is a compiler.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Chromium's own, since 136; for every other browser it is a comment (docs/decisions/045-compile-hints.md). */
const hint = "//# allFunctionsCalledOnLoad\n";

/**
 * Asks browsers to compile whole scripts while they load, beside the page's thread, instead of function by function on it when
 * they are first called.
 * @param {string} distDir where the build lies
 */
export function addCompileHints(distDir) {
  const chunks = path.resolve(distDir, "static", "chunks");
  for (const name of readdirSync(chunks)) {
    if (!name.endsWith(".js")) continue;
    const file = path.join(chunks, name);
    const script = readFileSync(file, "utf8");
    // A build may find the scripts of the one before.
    if (!script.startsWith(hint)) writeFileSync(file, hint + script);
  }
}
