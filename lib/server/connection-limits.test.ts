import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { limitConnections } from "./connection-limits";

const ask = (port: number): Promise<string> =>
  new Promise((done, fail) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.setEncoding("utf8").once("data", (text) => {
      socket.destroy();
      done(String(text));
    });
    socket.once("error", fail);
    socket.write("GET /x HTTP/1.1\r\nHost: shop\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  });

test("answers a request for an upgrade as any other, from the first connection on", async () => {
  limitConnections();
  const server = http.createServer((_, response) => response.writeHead(404).end());
  // As Next does in production: it takes the connection and never answers.
  server.on("upgrade", () => undefined);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  expect(await ask(port)).toMatch(/^HTTP\/1.1 404 /);
  expect(server.listenerCount("upgrade")).toBe(0);
  expect(server.requestTimeout).toBe(60_000);
  server.closeAllConnections();
  server.close();
});
