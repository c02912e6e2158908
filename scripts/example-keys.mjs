import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** The API key of the example shop and the secret of its webhooks. Stored in a file, so that they stay the same. */
export function getExampleKeys(folder) {
  const file = path.join(folder, "example-shop-keys.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  const keys = {
    apiKey: `kb_test_${randomBytes(32).toString("base64url")}`,
    webhookSecret: `whsec_${randomBytes(24).toString("base64")}`,
  };
  writeFileSync(file, `${JSON.stringify(keys)}\n`, { mode: 0o600 });
  return keys;
}
