import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type RawBody, readRawBody } from "./raw-body";

const opened: (() => void)[] = [];
afterEach(() => opened.splice(0).forEach((close) => close()));

/** A real request over a real socket, of which the test writes every byte. */
async function sending(head: string): Promise<{ socket: Socket; body: Promise<RawBody> }> {
  let take: (body: Promise<RawBody>) => void;
  const body = new Promise<RawBody>((done) => (take = done));
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const reading = readRawBody(request, { client: "test" });
    take(reading);
    void reading.then(() => response.writeHead(200, { connection: "close" }).end());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1").on("error", () => undefined);
  opened.push(
    () => socket.destroy(),
    () => server.close(),
  );
  socket.write(`POST / HTTP/1.1\r\nhost: localhost\r\n${head}\r\n\r\n`);
  return { socket, body };
}

async function whole(bytes: Uint8Array): Promise<RawBody> {
  const { socket, body } = await sending(`content-length: ${bytes.byteLength}`);
  socket.write(bytes);
  return body;
}

describe("the raw body", () => {
  test("is byte for byte what was sent: a byte order mark, bad UTF-8 and all", async () => {
    const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, 0x7b, 0xff, 0x00, 0x7d]);
    const read = await whole(bytes);
    expect(read.outcome === "read" && [...read.bytes]).toEqual([...bytes]);
  });

  test("may be nothing at all", async () => {
    const read = await whole(new Uint8Array());
    expect(read.outcome === "read" && read.bytes.byteLength).toBe(0);
  });

  test("may be 64 KiB and not a byte more", async () => {
    expect((await whole(new Uint8Array(65_536))).outcome).toBe("read");
    expect((await whole(new Uint8Array(65_537))).outcome).toBe("too_large");
  });

  test("is not read on when it turns out too large without having said so", async () => {
    const { socket, body } = await sending("transfer-encoding: chunked");
    let sent = 0;
    const more = () => {
      for (; sent < 1000 && !socket.destroyed; sent += 1) {
        if (!socket.write(`4000\r\n${"a".repeat(16_384)}\r\n`)) return void socket.once("drain", more);
      }
    };
    more();
    expect((await body).outcome).toBe("too_large");
    await new Promise((closed) => socket.resume().once("close", closed));
    expect(sent).toBeLessThan(1000);
  });

  test("that breaks off is unreadable", async () => {
    const { socket, body } = await sending("content-length: 10");
    socket.end("abc");
    expect((await body).outcome).toBe("unreadable");
  });
});
