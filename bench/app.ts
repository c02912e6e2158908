import { createDatabase, startCluster } from "../test/harness/postgres";
import type { Environment } from "../test/harness/processes";
import { startApp } from "../test/harness/servers";
import type { Server } from "../test/harness/servers";

export type AppOptions = {
  /** Of its database. */
  name: string;
  env?: Environment;
};

/** Runs `work` with an app on a new database, and stops everything afterwards. */
export async function withApp<T>(
  folder: string,
  { name, env = {} }: AppOptions,
  work: (setup: { app: Server; database: string }) => Promise<T>,
): Promise<T> {
  const cluster = await startCluster();
  try {
    const database = await createDatabase(cluster, name);
    const app = await startApp({ folder, env: { ...env, DATABASE_URL: database } });
    try {
      return await work({ app, database });
    } finally {
      await app.stop();
    }
  } finally {
    await cluster.stop();
  }
}
