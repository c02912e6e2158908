import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A process that sends messages to an app, so many at a time. Another answer than the expected makes its figure void. */
export function startSender(appUrl, senders) {
  const child = fork(fileURLToPath(new URL("./sender.mjs", import.meta.url)));
  const send = async (path, messages, expected = 200) => {
    child.send({ url: appUrl.replace("localhost", "127.0.0.1") + path, senders, messages });
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
