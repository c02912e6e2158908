import type { RequestListener } from "node:http";
import { createServer as createTcpServer, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import {
  always,
  clientAt,
  closeAll,
  closeLater,
  dokuAnswering,
  listen,
  pause,
  sample,
  unsigned,
} from "@/test/doku-replies";

const { path, success, refusal } = sample;
afterEach(closeAll);

describe("an unknown outcome", () => {
  test.each([
    [408, "server_error"],
    [425, "server_error"],
    [429, "rate_limited"],
    [500, "server_error"],
    [502, "server_error"],
    [503, "server_error"],
    [599, "server_error"],
  ])("follows an HTTP %i", async (status, because) => {
    for (const text of [refusal, "", "<html></html>"]) {
      const { send } = await dokuAnswering(unsigned(status, text));
      expect(await send()).toMatchObject({ outcome: "unknown", because, httpStatus: status, text });
    }
  });

  test("follows a 409 with an error, even beside an invoice (F5)", async () => {
    const beside = `{"order":{"invoice_number":"KB-1"},${refusal.slice(1)}`;
    for (const listener of [unsigned(409, refusal), always(409, refusal), always(409, beside)]) {
      const { send } = await dokuAnswering(listener);
      expect(await send()).toMatchObject({
        outcome: "unknown",
        because: "conflict",
        error: { message: "order.amount is mandatory" },
      });
    }
  });

  test.each([301, 302, 303, 307, 308])("follows a redirect %i, which is never followed", async (status) => {
    let visits = 0;
    const elsewhere = await listen((_, response) => {
      visits += 1;
      response.end();
    });
    closeLater(elsewhere.close);
    const { send } = await dokuAnswering(unsigned(status, "", { Location: `${elsewhere.url}${path}` }));
    expect(await send()).toMatchObject({ outcome: "unknown", because: "redirected", httpStatus: status });
    expect(visits).toBe(0);
  });

  test("follows an answer over 256 KiB, whose rest is not received", async () => {
    let written = 0;
    const { send } = await dokuAnswering((_, response) => {
      const pour = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384, " "))) written += 16_384;
      };
      response.on("drain", pour).writeHead(200);
      pour();
    });
    expect(await send()).toMatchObject({ outcome: "unknown", because: "too_large" });
    const after = written;
    await pause(50);
    expect(written).toBe(after);
  });

  test("does not follow an answer of exactly 256 KiB, which is accepted", async () => {
    const padded = success.padEnd(256 * 1024, " ");
    const { send } = await dokuAnswering(always(200, padded));
    expect(await send()).toMatchObject({ outcome: "answered" });
  });

  test("follows headers without end", async () => {
    const { send } = await dokuAnswering(unsigned(200, "", { "X-Long": "x".repeat(60_000) }));
    expect(await send()).toMatchObject({ outcome: "unknown", because: "too_large" });
  });

  test("follows a slow answer: slow to start, stalled, or byte by byte", async () => {
    const stalls: RequestListener[] = [
      () => undefined,
      (_, response) => void response.writeHead(200, { "Content-Length": "100" }).write("{"),
      (_, response) => {
        const timer = setInterval(() => response.write(" "), 10);
        response.on("close", () => clearInterval(timer));
      },
    ];
    for (const stall of stalls) {
      const { send } = await dokuAnswering(stall, { totalTimeoutMs: 150 });
      const startedAt = performance.now();
      expect(await send()).toMatchObject({
        outcome: "unknown",
        because: "timeout",
        httpStatus: undefined,
        text: "",
      });
      expect(performance.now() - startedAt).toBeLessThan(30_000);
    }
  });

  test("follows a refused connection", async () => {
    const gone = await listen(() => undefined);
    await gone.close();
    const { send } = clientAt(gone.url);
    expect(await send()).toMatchObject({
      because: "unreachable",
    });
  });

  test("follows an unknown host", async () => {
    const { send } = clientAt("https://doku.invalid");
    expect(await send()).toMatchObject({
      because: "unreachable",
    });
  });

  test("follows a connect timeout", async () => {
    // A TLS handshake that the other side never answers: connected by TCP, but not yet to DOKU.
    const port = await listenTcp((socket) => void socket.on("error", () => undefined));
    const { send } = clientAt(`https://127.0.0.1:${port}`, { connectTimeoutMs: 100 });
    const startedAt = performance.now();
    expect(await send()).toMatchObject({
      because: "unreachable",
    });
    expect(performance.now() - startedAt).toBeLessThan(30_000);
  });

  test.each([
    ["before the answer", ""],
    ["within the headers", "HTTP/1.1 200 OK\r\nContent-Le"],
    ["within the body", `HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n${success}`],
    ["within a chunked body", 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n'],
    [
      "within a chunked body of a connection that closes",
      'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n',
    ],
  ])("follows a connection that is cut %s", async (_, sent) => {
    for (const cut of [
      (socket: Socket) => socket.end(sent),
      (socket: Socket) => socket.write(sent, () => socket.resetAndDestroy()),
    ]) {
      const port = await listenTcp(
        (socket) => void socket.on("error", () => undefined).once("data", () => cut(socket)),
      );
      const { send } = clientAt(`http://127.0.0.1:${port}`);
      expect(await send()).toMatchObject({
        outcome: "unknown",
        because: "cut_off",
      });
    }
  });

  test("follows an answer that is not HTTP", async () => {
    const port = await listenTcp(
      (socket) => void socket.once("data", () => socket.end("SSH-2.0-OpenSSH_9.6\r\n")),
    );
    const { send } = clientAt(`http://127.0.0.1:${port}`);
    expect(await send()).toMatchObject({
      because: "unreadable",
    });
  });
});

/** A TCP server, for answers that an HTTP server cannot give. */
async function listenTcp(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closeLater(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
