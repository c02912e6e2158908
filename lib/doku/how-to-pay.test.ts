import { readFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import net from "node:net";
import tls from "node:tls";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fetchHowToPay, type HowToPayOptions } from "./how-to-pay";
import { closeAll, closeLater, listen, pause } from "@/test/doku-replies";
import { hostileUrls } from "@/test/hostile-urls";

const steps = readFileSync("test/fixtures/doku/how-to-pay.api.alfa.json", "utf8");
const json = { "Content-Type": "application/json;charset=UTF-8" };
const url = "https://api-sandbox.doku.com/alfa-online-to-offline/v2/how-to-pay-api/6059/token?x=1";
const options: HowToPayOptions = { allowed: [".doku.com"] };

afterEach(closeAll);
/** Counts the connections of this process, TLS ones included: all go through this function. */
let dialled = 0;
const { connect } = net.Socket.prototype;
beforeEach(() => {
  dialled = 0;
  // A wrapper cannot have the overloads of the function without a cast.
  net.Socket.prototype.connect = function (this: net.Socket, ...options: unknown[]) {
    dialled += 1;
    return Reflect.apply(connect, this, options);
  } as typeof connect;
});
afterEach(() => {
  net.Socket.prototype.connect = connect;
});

const resolveTo = (...addresses: string[]) => vi.fn(async () => addresses.map((address) => ({ address })));

describe("fetchHowToPay with an address that is not DOKU's", () => {
  const hostile = [
    ...hostileUrls("api.doku.com"),
    "https://doku.com.evil.example/",
    "https://xdoku.com/",
    "https://evildoku.com/",
    "https://evilapi.doku.com/",
    "https://doku.co/",
    "https://doku.com:8443/",
    "https://doku.com@evil.example/",
    "http://doku.com/",
    "http://localhost:4010/",
    "http://127.0.0.1:4010/",
  ];

  test(`neither resolves nor connects to any of ${hostile.length} hostile URLs (T20)`, async () => {
    expect(hostile.length).toBeGreaterThan(150);
    const resolve = resolveTo("8.8.8.8");
    for (const url of hostile) {
      expect(await fetchHowToPay(url, { allowed: ["api.doku.com"], resolve }), url).toEqual({
        outcome: "refused",
        because: "address",
      });
    }
    expect(resolve).not.toHaveBeenCalled();
    expect(dialled).toBe(0);
  });

  test("refuses every host that is not on the list", async () => {
    for (const allowed of [
      [],
      [""],
      ["."],
      ["om"],
      ["oku.com"],
      [".oku.com"],
      ["doku.com"],
      ["x.doku.com"],
    ]) {
      expect(await fetchHowToPay(url, { allowed })).toMatchObject({ outcome: "refused" });
    }
    expect(dialled).toBe(0);
  });
});

describe("fetchHowToPay with an allowed name in a private network", () => {
  const within = [
    "127.0.0.1",
    "10.0.0.1",
    "169.254.169.254",
    "192.168.1.1",
    "0.0.0.0",
    "::1",
    "fe80::1",
    "fd00::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
  ];

  test.each(within)("does not connect to the private address %s", async (address) => {
    for (const addresses of [[address], ["8.8.8.8", address], [address, "8.8.8.8"]]) {
      expect(await fetchHowToPay(url, { ...options, resolve: resolveTo(...addresses) })).toEqual({
        outcome: "refused",
        because: "private_network",
      });
    }
    expect(dialled).toBe(0);
  });

  test("resolves the name once and connects to exactly that address", async () => {
    const resolve = vi.fn<NonNullable<HowToPayOptions["resolve"]>>();
    resolve.mockResolvedValueOnce([{ address: "203.0.112.9" }]).mockResolvedValue([{ address: "127.0.0.1" }]);
    const dial = vi.spyOn(tls, "connect").mockImplementation(() => {
      throw new Error("Dialled");
    });
    await fetchHowToPay(url, { ...options, resolve }).catch(() => undefined);
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(dial).toHaveBeenCalledTimes(1);
    expect(dial.mock.calls[0]?.[0]).toMatchObject({
      host: "203.0.112.9",
      port: 443,
      servername: "api-sandbox.doku.com",
    });
    dial.mockRestore();
  });
});

describe("fetchHowToPay with DOKU's address", () => {
  test.each([".doku.com", "api-sandbox.doku.com"])(
    "fetches and parses the steps when %s is allowed",
    async (rule) => {
      const asked: unknown[] = [];
      const doku = await listen((request, response) => {
        asked.push([request.method, request.url, request.headers.host, Object.keys(request.headers).sort()]);
        response.writeHead(200, json).end(steps);
      });
      closeLater(doku.close);
      // The test has no certificate of DOKU, so the connection is redirected to this machine after all checks.
      const dial = vi.spyOn(tls, "connect").mockImplementation(dialLocally(doku.port));
      const outcome = await fetchHowToPay(url, {
        allowed: [rule],
        resolve: resolveTo("203.0.112.9"),
        timeoutMs: 60_000,
      });
      dial.mockRestore();
      expect(outcome).toMatchObject({
        outcome: "fetched",
        instructions: [{ language: "id" }, { language: "en" }],
      });
      expect(asked).toEqual([
        [
          "GET",
          "/alfa-online-to-offline/v2/how-to-pay-api/6059/token?x=1",
          "api-sandbox.doku.com",
          ["accept", "accept-encoding", "connection", "host"],
        ],
      ]);
    },
  );

  test("is unavailable when the name is unknown or DNS takes too long", async () => {
    const unknown = () => Promise.reject(new Error("ENOTFOUND"));
    const slow = () => new Promise<never>(() => undefined);
    for (const resolve of [unknown, slow, resolveTo()]) {
      expect(await fetchHowToPay(url, { ...options, resolve, timeoutMs: 50 })).toEqual({
        outcome: "unavailable",
      });
    }
    expect(dialled).toBe(0);
  });
});

/** Says that it is secure once it is connected. A plain function cannot have the overloads of `tls.connect`. */
const dialLocally = (port: number) =>
  (() => {
    const socket = net.connect(port, "127.0.0.1");
    return socket.once("connect", () => socket.emit("secureConnect"));
  }) as unknown as typeof tls.connect;

describe("fetchHowToPay with the simulator's origin", () => {
  async function simulatorAnswering(listener: RequestListener) {
    const simulator = await listen(listener);
    closeLater(simulator.close);
    return (path = "/steps", timeoutMs = 3000) =>
      fetchHowToPay(`${simulator.url}${path}`, { allowed: [simulator.url], timeoutMs });
  }

  test("accepts exactly that origin, plain http and loopback included", async () => {
    const ask = await simulatorAnswering((_, response) => response.writeHead(200, json).end(steps));
    expect(await ask()).toMatchObject({ outcome: "fetched", instructions: [{ channel: "Alfamart" }, {}] });
  });

  test("refuses another port, scheme or name, and credentials", async () => {
    const allowed = ["http://localhost:4010"];
    const near = [
      "http://localhost:4011/",
      "https://localhost:4010/",
      "http://127.0.0.1:4010/",
      "http://a@localhost:4010/",
      "http://localhost.:4010/",
      "http://x.localhost:4010/",
    ];
    for (const other of near) {
      expect(await fetchHowToPay(other, { allowed })).toMatchObject({ outcome: "refused" });
    }
    expect(dialled).toBe(0);
  });

  const bad: [string, RequestListener][] = [
    ["redirects", (_, response) => response.writeHead(302, { Location: "http://127.0.0.1:1/" }).end(steps)],
    ["says 404", (_, response) => response.writeHead(404, json).end(steps)],
    ["is no JSON", (_, response) => response.writeHead(200, json).end("<html>")],
    ["says HTML", (_, response) => response.writeHead(200, { "Content-Type": "text/html" }).end(steps)],
    ["says nothing of its type", (_, response) => response.writeHead(200).end(steps)],
    ["has no steps", (_, response) => response.writeHead(200, json).end("{}")],
    ["is over 256 KiB", (_, response) => response.writeHead(200, json).end(steps.padEnd(256 * 1024 + 1))],
    ["is cut", (request) => request.socket.destroy()],
  ];
  test.each(bad)("is unavailable when the answer %s", async (_, listener) => {
    const ask = await simulatorAnswering(listener);
    expect(await ask()).toEqual({ outcome: "unavailable" });
    expect(dialled).toBe(1);
  });

  test("is unavailable when the answer is slow, and leaves no connection open", async () => {
    let closed = false;
    const ask = await simulatorAnswering((request) => void request.socket.on("close", () => (closed = true)));
    expect(await ask("/steps", 80)).toEqual({ outcome: "unavailable" });
    await pause(50);
    expect(closed).toBe(true);
  });
});
