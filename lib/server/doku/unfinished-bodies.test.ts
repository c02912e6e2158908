import { createServer } from "node:http";
import { connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { readRawBody, type RawBody } from "./raw-body";

const opened: (() => void)[] = [];
afterEach(async () => {
  opened.splice(0).forEach((close) => close());
  await arrived();
});

/** A server that reads as the notification address does, and counts what became of each body. */
async function startReader() {
  const outcomes: RawBody["outcome"][] = [];
  const server = createServer((request, response) => {
    void readRawBody(request, { client: String(request.headers["x-client"]) }).then(({ outcome }) => {
      outcomes.push(outcome);
      const close = outcome === "read" ? {} : { connection: "close" };
      response.writeHead({ read: 200, crowded: 503, unreadable: 400, too_large: 413 }[outcome], close).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", 2000, listening));
  opened.push(() => server.close());
  return { outcomes, port: (server.address() as AddressInfo).port };
}

type Sender = { socket: Socket; status: Promise<number>; closed: Promise<unknown>; finish: () => void };

/** Sends a head and, in the same breath, the first half of its body or the whole. */
function startBody(port: number, client: string, body = "half"): Promise<Sender> {
  const socket = connect(port, "127.0.0.1").on("error", () => undefined);
  opened.push(() => socket.destroy());
  const status = new Promise<number>((done) => {
    socket.on("data", (data) => done(Number(/ (\d{3}) /.exec(data.toString("latin1"))?.[1])));
    socket.on("close", () => done(0));
  });
  const closed = new Promise((done) => socket.on("close", done));
  return new Promise((begun) => {
    const sender = { socket, status, closed, finish: () => socket.write("half") };
    const head = `POST / HTTP/1.1\r\nhost: localhost\r\nx-client: ${client}\r\ncontent-length: 8\r\n\r\n`;
    socket.once("connect", () => socket.write(head + body, () => begun(sender)));
  });
}

/** One after another, so that it is known which is the oldest. */
async function startBodies(port: number, clients: string[]): Promise<Sender[]> {
  const senders: Sender[] = [];
  for (const client of clients) senders.push(await startBody(port, client));
  await arrived();
  return senders;
}

/** Long enough for what is on its way within one machine. */
const arrived = () => new Promise((done) => setTimeout(done, 100));

const times = (count: number, client: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => client(at));

describe("unfinished bodies", () => {
  test("of one client may be fifty; one more, and its oldest is turned away at once and hung up on", async () => {
    const { port, outcomes } = await startReader();
    const [oldest, ...others] = await startBodies(
      port,
      times(50, () => "slow"),
    );
    expect(outcomes).toEqual([]);
    const [other] = await startBodies(port, ["somebody else"]);
    expect(outcomes).toEqual([]);
    const [newest] = await startBodies(port, ["slow"]);
    expect(outcomes).toEqual(["crowded"]);
    expect(await oldest?.status).toBe(503);
    await oldest?.closed;

    const rest = [other, newest, ...others];
    rest.forEach((sender) => sender?.finish());
    expect(new Set(await Promise.all(rest.map((sender) => sender?.status)))).toEqual(new Set([200]));
  });

  test("may be five hundred in all: behind made-up addresses too, the oldest makes room for the newest", async () => {
    const { port, outcomes } = await startReader();
    const slow = await startBodies(
      port,
      times(500, (at) => `made up ${at}`),
    );
    expect(outcomes).toEqual([]);
    const honest = await startBody(port, "doku");
    expect(await slow[0]?.status).toBe(503);
    honest.finish();
    expect(await honest.status).toBe(200);
    expect(outcomes).toEqual(["crowded", "read"]);
  });

  test("never stand in the way of bodies that come whole, be they three hundred at once from one client", async () => {
    const { port, outcomes } = await startReader();
    await startBodies(
      port,
      times(50, () => "doku"),
    );
    const burst = await Promise.all(
      times(300, () => "doku").map((client) => startBody(port, client, "halfhalf")),
    );
    expect(new Set(await Promise.all(burst.map(({ status }) => status)))).toEqual(new Set([200]));
    expect(outcomes).toEqual(times(300, () => "read"));
  });

  test("are forgotten when they end, however they end", async () => {
    const { port, outcomes } = await startReader();
    const fifty = times(50, () => "same");
    for (const end of ["finish", "destroy"] as const) {
      const senders = await startBodies(port, fifty);
      senders.forEach(({ socket, finish }) => (end === "finish" ? finish() : socket.destroy()));
      await arrived();
    }
    const [oldest] = await startBodies(port, fifty);
    expect(outcomes).toHaveLength(100);
    expect(outcomes).not.toContain("crowded");
    await startBodies(port, ["same"]);
    expect(await oldest?.status).toBe(503);
  });
});
