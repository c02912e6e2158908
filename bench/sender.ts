// Sends a list of messages once, in a process of its own. The list comes over the channel to the parent process.
import http from "node:http";
import type { Load, LoadResult, SenderAnswer } from "./send";
import { quantile } from "./statistics";

const agents = new Map<number, http.Agent>();
function getAgent(senders: number): http.Agent {
  const known = agents.get(senders) ?? new http.Agent({ keepAlive: true, maxSockets: senders });
  agents.set(senders, known);
  return known;
}

const answer = (message: SenderAnswer) => void process.send?.(message);

process.on("message", (load: Load) => {
  sendAll(load).then(
    (result) => answer({ outcome: "sent", result }),
    (error: unknown) => answer({ outcome: "failed", error: String(error) }),
  );
});
process.once("disconnect", () => process.exit(0));

/**
 * Each sender sends its next message when it has read the whole response to the last. With `perSecond` each message has a
 * moment at which it is due, and its time counts from there, so that time spent in a queue counts too.
 */
async function sendAll({ url: text, senders, messages, perSecond }: Load): Promise<LoadResult> {
  const url = new URL(text);
  const waiting = messages.entries();
  const statuses: Record<string, number> = {};
  const times: number[] = [];
  const options = { host: url.hostname, port: url.port, path: url.pathname, method: "POST" };
  const work = async () => {
    for (const [at, { body, headers }] of waiting) {
      const due = perSecond ? begun + (at * 1000) / perSecond : performance.now();
      if (due > performance.now()) await pause(due - performance.now());
      const status = await post({ ...options, agent: getAgent(senders), headers }, body);
      times.push(performance.now() - due);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: senders }, work));
  const milliseconds = performance.now() - begun;
  const seenPerSecond = (messages.length * 1000) / milliseconds;
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  return { perSecond: seenPerSecond, statuses, times, p50, p99 };
}

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

type PostOptions = http.RequestOptions & { headers: Record<string, string> };

function post({ headers, ...options }: PostOptions, body: string): Promise<number> {
  const length = { "content-length": Buffer.byteLength(body) };
  return new Promise((answered, fail) => {
    const request = http.request({ ...options, headers: { ...headers, ...length } }, (response) => {
      response.resume();
      response.once("end", () => answered(response.statusCode ?? 0));
    });
    request.once("error", fail);
    request.end(body);
  });
}
