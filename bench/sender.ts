// The load, in a process of its own: takes a list of messages over the channel to its parent and sends it once.
import http from "node:http";
import { quantile } from "./statistics";

const agents = new Map();
const agentOf = (senders) => {
  const known = agents.get(senders) ?? new http.Agent({ keepAlive: true, maxSockets: senders });
  agents.set(senders, known);
  return known;
};

process.on("message", ({ url, ...load }) => {
  sendAll(new URL(url), load).then(
    (result) => process.send(result),
    (error) => process.send({ error: String(error) }),
  );
});
process.once("disconnect", () => process.exit(0));

/**
 * `senders` at a time: each sends its next message when the answer to the last has been read to its end. With `perSecond`
 * each message has a moment at which it is due, and its time counts from there: a queue of those that wait is part of it.
 */
async function sendAll(url, { senders, messages, perSecond }) {
  const waiting = messages.entries();
  const [statuses, times] = [{}, []];
  const options = { host: url.hostname, port: url.port, path: url.pathname, method: "POST" };
  const work = async () => {
    for (const [at, { body, headers }] of waiting) {
      const due = perSecond ? begun + (at * 1000) / perSecond : performance.now();
      if (due > performance.now()) await pause(due - performance.now());
      const status = await post({ ...options, agent: agentOf(senders), headers }, body);
      times.push(performance.now() - due);
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: senders }, work));
  const milliseconds = performance.now() - begun;
  const seenPerSecond = (messages.length * 1000) / milliseconds;
  return { perSecond: seenPerSecond, statuses, p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

function post({ headers, ...options }, body) {
  const length = { "content-length": Buffer.byteLength(body) };
  return new Promise((answered, fail) => {
    const request = http.request({ ...options, headers: { ...headers, ...length } }, (response) => {
      response.resume();
      response.once("end", () => answered(response.statusCode));
    });
    request.once("error", fail);
    request.end(body);
  });
}
