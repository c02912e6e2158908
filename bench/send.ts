import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Message } from "../simulator/messages";
import { withApp } from "./app";
import type { AppOptions } from "./app";

/** What the parent process sends to the sender. */
export type Load = {
  url: string;
  /** How many messages are under way at a time. */
  senders: number;
  messages: Message[];
  /** Without it as many as the senders can. */
  perSecond?: number | undefined;
};
/** `times` are all response times in milliseconds. */
export type LoadResult = {
  perSecond: number;
  statuses: Record<string, number>;
  times: number[];
  p50: number;
  p99: number;
};
/** What the sender answers. */
export type SenderAnswer = { outcome: "sent"; result: LoadResult } | { outcome: "failed"; error: string };

export type Sender = {
  /** Sends each message once. @throws when a response has another status than `expected` */
  send(
    path: string,
    messages: Message[],
    options?: { expected?: number; perSecond?: number },
  ): Promise<LoadResult>;
  stop(): void;
};

/** Starts a process that sends messages to an app. */
export function startSender(appUrl: string, senders: number): Sender {
  const child = fork(fileURLToPath(new URL("./sender.ts", import.meta.url)));
  const send: Sender["send"] = async (path, messages, { expected = 200, perSecond } = {}) => {
    const load: Load = { url: appUrl.replace("localhost", "127.0.0.1") + path, senders, messages, perSecond };
    child.send(load);
    const [answer]: SenderAnswer[] = await once(child, "message");
    if (answer?.outcome !== "sent") throw new Error(`The sender failed: ${answer?.error}`);
    const { result } = answer;
    if (result.statuses[expected] !== messages.length) {
      throw new Error(
        `Not every answer was ${expected}, so the figure is void: ${JSON.stringify(result.statuses)}`,
      );
    }
    return result;
  };
  return { send, stop: () => child.disconnect() };
}

/** Runs `work` with a sender to an app on a new database, and stops everything afterwards. */
export const withSender = <T>(
  folder: string,
  { senders, ...options }: AppOptions & { senders: number },
  work: (setup: { sender: Sender; database: string }) => Promise<T>,
): Promise<T> =>
  withApp(folder, options, async ({ app, database }) => {
    const sender = startSender(app.url, senders);
    try {
      return await work({ sender, database });
    } finally {
      sender.stop();
    }
  });
