import "server-only";
import { findApiKey, insertApiKey } from "@/db/queries/api-keys";
import { saveOwnEndpoint } from "@/db/queries/webhooks/endpoints";
import { hashKey, toKeyHint } from "@/lib/api/key";
import { scopes } from "@/lib/api/scopes";
import type { Deps } from "@/lib/operations/deps";
import type { Settings } from "./env/settings";

type Input = Pick<Deps, "db" | "newId" | "now"> & { settings: Pick<Settings, "example" | "simulatorUrl"> };

/**
 * Try-it mode: gives the example shop its key, and tells it and the simulator's page of payments. Does nothing where
 * settings name no example.
 */
export async function ensureExample({ db, newId, now, settings }: Input): Promise<void> {
  const { example, simulatorUrl } = settings;
  if (!example) return;
  const { apiKey, shopUrl, webhookSecret: secret } = example;
  if (!(await findApiKey(db, hashKey(apiKey))))
    await insertApiKey(db, {
      ...{ id: newId(), name: "Example shop", scopes: [...scopes], createdBy: "system", createdAt: now() },
      hash: hashKey(apiKey),
      hint: toKeyHint(apiKey),
    });
  const endpoints = {
    we_example_shop: { url: `${shopUrl}/webhooks`, description: "Example shop" },
    we_simulator: { url: `${simulatorUrl}/merchant/webhooks`, description: "Simulator" },
  };
  for (const [id, endpoint] of Object.entries(endpoints))
    await saveOwnEndpoint(db, { id, ...endpoint, secret, createdBy: "system", createdAt: now() });
}
