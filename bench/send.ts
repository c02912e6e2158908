import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createDatabase, startCluster } from "../test/harness/postgres";
import { startApp } from "../test/harness/servers";

/**
 * A process that sends messages to an app, so many at a time, and with `perSecond` no more in a second. Another answer
 * than the expected makes its figure void.
 */
export function startSender(appUrl, senders) {
  const child = fork(fileURLToPath(new URL("./sender.ts", import.meta.url)));
  const send = async (path, messages, { expected = 200, perSecond } = {}) => {
    child.send({ url: appUrl.replace("localhost", "127.0.0.1") + path, senders, messages, perSecond });
    const [result] = await once(child, "message");
    const { error, statuses } = result;
    if (error) throw new Error(`The sender failed: ${error}`);
    if (statuses[expected] !== messages.length) {
      throw new Error(`Not every answer was ${expected}, so the figure is void: ${JSON.stringify(statuses)}`);
    }
    return result;
  };
  return { send, stop: () => child.disconnect() };
}

/** Gives `work` a sender to an app, and the address of the app's own database; puts all away afterwards. */
export async function sendingTo(folder, { name, senders }, work) {
  const cluster = await startCluster();
  const database = await createDatabase(cluster, name);
  const app = await startApp({ folder, env: { DATABASE_URL: database } });
  const sender = startSender(app.url, senders);
  try {
    return await work({ sender, database });
  } finally {
    sender.stop();
    await app.stop();
    await cluster.stop();
  }
}
