import http from "node:http";
import net from "node:net";
import { pause, residentBytes } from "../../test/harness/processes";
import { quantile } from "../../bench/statistics";
import { checkBooks } from "../tools/check-ledger";
import { startLoad } from "../tools/load";
import { target } from "../tools/messages";
import { inPlace, onPostgres } from "../tools/environments";

const MEGABYTES = 60;
const MOST_RISE = 20e6;
const PIECE = Buffer.alloc(64 * 1024, "x");

/** Sixty megabytes at once, and hundreds of senders that take for ever. */
export const weight = ({ posts, slow, seconds, random }) =>
  inPlace(onPostgres(), async (place) => {
    const huge = await sendHuge(place, posts);
    const dripping = await withDrips(place, { slow, seconds, random });
    return [huge, dripping];
  });

async function sendHuge({ app, seed }, posts) {
  const words = [];
  const rises = [];
  await seed(1);
  // The first few find code that was never run; what counts is what it costs from then on.
  for (let warmUp = 0; warmUp < 2; warmUp++) for (const how of ["said", "unsaid"]) await postHuge(app, how);
  for (let time = 0; time < posts; time++) {
    for (const how of ["said", "unsaid"]) {
      await pause(300);
      const before = residentBytes(app.pid());
      let most = before;
      const watch = setInterval(() => (most = Math.max(most, residentBytes(app.pid()))), 10);
      const status = await postHuge(app, how);
      await pause(200);
      clearInterval(watch);
      rises.push(most - before);
      if (status !== 413) words.push(`${MEGABYTES} MB, length ${how}, was answered ${status}`);
    }
  }
  const rise = Math.max(...rises);
  if (rise > MOST_RISE) words.push(`${MEGABYTES} MB cost ${(rise / 1e6).toFixed(1)} MB of memory`);
  return {
    what: `${MEGABYTES} MB to the notification address`,
    howMany: `${rises.length} times`,
    lost: 0,
    twice: 0,
    wrong: words.length,
    words,
    note: `memory rose by ${(rise / 1e6).toFixed(1)} MB at most`,
  };
}

/** Keeps writing until it is answered or hung up on. @returns the status */
function postHuge(app, how) {
  const { hostname, port } = new URL(app.address);
  const length = how === "said" ? { "content-length": MEGABYTES * 1e6 } : {};
  return new Promise((answered) => {
    const options = { host: hostname, port, path: target, method: "POST", headers: length, timeout: 20_000 };
    let status = "none";
    const request = http.request(options, (response) => {
      status = response.statusCode;
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
        if (!request.write(piece)) return request.once("drain", write);
      }
      request.end();
    };
    write();
  });
}

async function withDrips(place, { slow, seconds, random }) {
  const idle = await measure(place, { seconds: Math.min(seconds, 10), random });
  const drips = Array.from({ length: slow }, () => drip(place.app.address));
  await pause(1000);
  const loaded = await measure(place, { seconds, random });
  const answers = await Promise.all(drips.map((one) => one.stop()));
  const acked = new Map([...idle.acked, ...loaded.acked]);
  const check = await checkBooks(place.query, { acked, sent: new Set([...idle.sent, ...loaded.sent]) });
  const strange = [...idle.strange, ...loaded.strange, ...answers.filter(isStrange)];
  return {
    what: `good traffic beside ${slow} slow senders`,
    howMany: `${loaded.acked.size} acknowledged`,
    ...check,
    wrong: check.wrong + strange.length,
    words: [...check.words, ...strange.map((status) => `answered ${status}`)],
    note: `p99 ${loaded.p99.toFixed(0)} ms, idle ${idle.p99.toFixed(0)} ms: ${(loaded.p99 / idle.p99).toFixed(2)} x (the goal is 3 x)`,
  };
}

/** To a slow sender: that it was too slow is its own fault. */
const isStrange = (status) => status >= 500;

async function measure({ app, seed }, { seconds, random }) {
  const payments = [];
  const load = startLoad({ payments, random, senders: 4, address: () => app.address });
  for (let second = 0; second < seconds; second++) {
    while (payments.length < 1500) payments.push(...(await seed(1500)));
    await pause(1000);
  }
  await load.stop();
  const strange = Object.keys(load.statuses).filter((status) => status !== "200");
  return { acked: load.acked, sent: load.sent, strange, p99: quantile(load.times, 0.99) };
}

/** A head, then a byte a second, and again when it is turned away. */
function drip(address) {
  const { hostname: host, port } = new URL(address);
  let [status, stopped] = [0, false];
  let socket;
  const open = () => {
    socket = net.connect({ host, port });
    socket.on("connect", () =>
      socket.write(`POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n`),
    );
    socket.on("data", (data) => (status = Number(/ (\d{3}) /.exec(data.toString("latin1"))?.[1] ?? status)));
    socket.on("error", () => undefined);
    socket.on("close", () => stopped || setTimeout(() => stopped || open(), 500));
  };
  open();
  const timer = setInterval(() => socket.writable && socket.write("x"), 1000);
  return {
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      socket.destroy();
      return status;
    },
  };
}
