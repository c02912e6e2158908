import http from "node:http";
import net from "node:net";
import type { SeededPayment } from "../../bench/seed";
import { quantile } from "../../bench/statistics";
import { pause, residentBytes } from "../../test/harness/processes";
import type { Result, Scenario } from "../scenario";
import { checkLedger } from "../tools/check-ledger";
import { startAppOnPostgres, withEnvironment } from "../tools/environments";
import type { AppOnPostgres, KillableApp } from "../tools/environments";
import { startLoad } from "../tools/load";
import type { Load, Status } from "../tools/load";
import { target } from "../tools/messages";
import type { Random } from "../tools/random";

const MEGABYTES = 60;
const MAX_RISE_BYTES = 20e6;
const PIECE = Buffer.alloc(64 * 1024, "x");

/** Requests of sixty megabytes, and hundreds of senders that never finish. */
export const weight: Scenario<{ posts: number; slow: number; seconds: number }> = ({
  posts,
  slow,
  seconds,
  random,
}) =>
  withEnvironment(startAppOnPostgres, async (environment) => [
    await sendHugeRequests(environment, posts),
    await measureBesideSlowSenders(environment, { slow, seconds, random }),
  ]);

/** With a Content-Length, or without. */
type LengthHeader = "said" | "unsaid";
const lengthHeaders: LengthHeader[] = ["said", "unsaid"];

async function sendHugeRequests({ app, seed }: AppOnPostgres, posts: number): Promise<Result> {
  const problems: string[] = [];
  const rises: number[] = [];
  await seed(1);
  // Warms up the code, so that only the requests themselves are measured.
  for (let warmUp = 0; warmUp < 2; warmUp++) for (const length of lengthHeaders) await postHuge(app, length);
  for (let time = 0; time < posts; time++) {
    for (const length of lengthHeaders) {
      await pause(300);
      const before = residentBytes(app.pid());
      let most = before;
      const watch = setInterval(() => (most = Math.max(most, residentBytes(app.pid()))), 10);
      const status = await postHuge(app, length);
      await pause(200);
      clearInterval(watch);
      rises.push(most - before);
      if (status !== 413) problems.push(`${MEGABYTES} MB, length ${length}, was answered ${status}`);
    }
  }
  const rise = Math.max(...rises);
  if (rise > MAX_RISE_BYTES) problems.push(`${MEGABYTES} MB cost ${(rise / 1e6).toFixed(1)} MB of memory`);
  return {
    what: `${MEGABYTES} MB to the notification address`,
    howMany: `${rises.length} times`,
    lost: 0,
    twice: 0,
    wrong: problems.length,
    problems,
    note: `memory rose by ${(rise / 1e6).toFixed(1)} MB at most`,
  };
}

/** Writes until a response comes or the connection ends. */
function postHuge(app: KillableApp, length: LengthHeader): Promise<Status> {
  const { hostname, port } = new URL(app.address);
  const headers = length === "said" ? { "content-length": MEGABYTES * 1e6 } : {};
  return new Promise((answered) => {
    const options = { host: hostname, port, path: target, method: "POST", headers, timeout: 20_000 };
    let status: Status = "none";
    const request = http.request(options, (response) => {
      status = response.statusCode ?? "none";
      response.resume();
      response.once("end", () => {
        request.destroy();
        answered(status);
      });
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => answered(status));
    let left = MEGABYTES * 1e6;
    const write = () => {
      while (left > 0 && !request.destroyed) {
        const piece = PIECE.subarray(0, Math.min(left, PIECE.length));
        left -= piece.length;
        if (!request.write(piece)) {
          request.once("drain", write);
          return;
        }
      }
      request.end();
    };
    write();
  });
}

async function measureBesideSlowSenders(
  environment: AppOnPostgres,
  { slow, seconds, random }: { slow: number; seconds: number; random: Random },
): Promise<Result> {
  const idle = await measure(environment, { seconds: Math.min(seconds, 10), random });
  const slowSenders = Array.from({ length: slow }, () => startSlowSender(environment.app.address));
  await pause(1000);
  const loaded = await measure(environment, { seconds, random });
  const answers = slowSenders.map((sender) => sender.stop());
  const acked = new Map([...idle.acked, ...loaded.acked]);
  const sent = new Set([...idle.sent, ...loaded.sent]);
  const check = await checkLedger(environment.query, { acked, sent });
  // Slow senders may be refused with a 4xx.
  const unexpected = [
    ...idle.unexpected,
    ...loaded.unexpected,
    ...answers.filter((status) => status >= 500).map(String),
  ];
  return {
    ...check,
    what: `good traffic beside ${slow} slow senders`,
    howMany: `${loaded.acked.size} acknowledged`,
    wrong: check.wrong + unexpected.length,
    problems: [...check.problems, ...unexpected.map((status) => `answered ${status}`)],
    note: `p99 ${loaded.p99.toFixed(0)} ms, idle ${idle.p99.toFixed(0)} ms: ${(loaded.p99 / idle.p99).toFixed(2)} x (the goal is 3 x)`,
  };
}

type Measured = Pick<Load, "acked" | "sent"> & { unexpected: string[]; p99: number };

async function measure(
  { app, seed }: AppOnPostgres,
  { seconds, random }: { seconds: number; random: Random },
): Promise<Measured> {
  const payments: SeededPayment[] = [];
  const load = startLoad({ payments, random, senders: 4, address: () => app.address });
  for (let second = 0; second < seconds; second++) {
    while (payments.length < 1500) payments.push(...(await seed(1500)));
    await pause(1000);
  }
  await load.stop();
  const unexpected = Object.keys(load.statuses).filter((status) => status !== "200");
  return { acked: load.acked, sent: load.sent, unexpected, p99: quantile(load.times, 0.99) };
}

/** Sends a head and then a byte a second, and connects again when it is refused. `stop` returns the last status. */
function startSlowSender(address: string): { stop: () => number } {
  const { hostname: host, port } = new URL(address);
  let [status, stopped] = [0, false];
  const open = (): net.Socket => {
    const opened = net.connect({ host, port: Number(port) });
    opened.on("connect", () =>
      opened.write(`POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n`),
    );
    opened.on("data", (data) => (status = Number(/ (\d{3}) /.exec(data.toString("latin1"))?.[1] ?? status)));
    opened.on("error", () => undefined);
    opened.on("close", () => {
      if (stopped) return;
      setTimeout(() => {
        if (!stopped) socket = open();
      }, 500);
    });
    return opened;
  };
  let socket = open();
  const timer = setInterval(() => socket.writable && socket.write("x"), 1000);
  return {
    stop: () => {
      stopped = true;
      clearInterval(timer);
      socket.destroy();
      return status;
    },
  };
}
