import { createServer, request as send } from "node:http";
import { connect } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { answerMessage } from "./doku-message";
import { readRawBody } from "./raw-body";

const server = createServer(async (request, response) => {
  const body = await readRawBody(request, { client: "a", limit: 1024 });
  const httpStatus = body.outcome === "read" ? 200 : 413;
  const headers: Record<string, string> = body.outcome === "read" ? {} : { connection: "close" };
  answerMessage({ request, response }, { httpStatus, headers, body: body.outcome });
});
const listening = new Promise<number>((found) => {
  server.listen(0, () => found((server.address() as AddressInfo).port));
});
afterEach(() => server.closeAllConnections());

/** Sends it all before reading a word, as simple clients do. @returns what could still be read */
async function post(bytes: number): Promise<string> {
  const port = await listening;
  return new Promise((found) => {
    let text = "";
    const socket = connect(port, "127.0.0.1").pause();
    socket.on("data", (part) => (text += part)).on("error", () => undefined);
    socket.on("close", () => found(text));
    socket.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${bytes}\r\nConnection: close\r\n\r\n`);
    socket.write(Buffer.alloc(bytes), () => setTimeout(() => socket.resume(), 50));
  });
}

test("somebody who sends far too much can still read why it was not taken", async () => {
  for (let times = 0; times < 5; times += 1) expect(await post(20_000_000)).toMatch(/ 413 [^]*too_large$/);
});

test("what was read is answered at once", async () => {
  expect(await post(1000)).toMatch(/ 200 [^]*read$/);
});

test("somebody who never stops is hung up on", async () => {
  const port = await listening;
  const begun = Date.now();
  await new Promise<void>((over) => {
    const sent = send({ port, method: "POST" }, (answer) => answer.resume());
    const drip = setInterval(() => sent.write(Buffer.alloc(2048)), 50);
    const end = () => {
      clearInterval(drip);
      over();
    };
    sent.on("error", end).on("close", end);
  });
  expect(Date.now() - begun).toBeLessThan(6_000);
});
