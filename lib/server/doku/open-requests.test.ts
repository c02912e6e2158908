import http from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { finishRequests, watchRequests } from "./open-requests";

const sendRequest = (port: number): Promise<string> =>
  new Promise((done, fail) => {
    http
      .get({ port, host: "127.0.0.1", agent: false }, (answer) => {
        answer.setEncoding("utf8").on("data", done);
      })
      .once("error", fail);
  });

test("finishRequests waits for running requests and accepts no new connection", async () => {
  watchRequests();
  let release: () => void = () => undefined;
  const arrived = new Promise<void>((begun) => {
    const server = http.createServer((_, response) => {
      release = () => response.end("whole");
      begun();
    });
    server.listen(0, "127.0.0.1", () => (port = (server.address() as AddressInfo).port));
    server.once("listening", () => (answer = sendRequest(port)));
  });
  let port = 0;
  let answer: Promise<string> | undefined;
  await arrived;
  let isFinished = false;
  const finishing = finishRequests(5_000).then(() => (isFinished = true));
  await new Promise((done) => setTimeout(done, 60));
  expect(isFinished).toBe(false);
  await expect(sendRequest(port)).rejects.toThrow(/ECONNREFUSED/);
  release();
  expect(await answer).toBe("whole");
  await finishing;
});

test("finishRequests stops waiting for a request after the time-out", async () => {
  const server = http.createServer(() => undefined);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const hanging = sendRequest((server.address() as AddressInfo).port).catch(() => "cut");
  await new Promise((done) => setTimeout(done, 50));
  const begun = performance.now();
  await finishRequests(100);
  expect(performance.now() - begun).toBeGreaterThan(90);
  server.closeAllConnections();
  expect(await hanging).toBe("cut");
});
