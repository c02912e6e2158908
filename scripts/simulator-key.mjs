import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * The key that shop and simulator sign with in try-it mode. Each installation makes its own: the simulator's usual key is
 * public, and anyone who knows the key can forge payments. Stored in a file, so that it stays the same.
 */
export function getSimulatorKey(folder) {
  const file = path.join(folder, "simulator-key");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  const key = `SK-${randomBytes(24).toString("base64url")}`;
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  return key;
}
