import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "./log";
import { currentRequestId, identifyRequests } from "./request-id";

const lines: string[] = [];
const log = createLog({ write: (line) => void lines.push(line) });

/** Answers with the id that its code sees after a pause, and logs meanwhile. */
const server = createServer(async (request, response) => {
  const { url } = request;
  await setTimeout(Math.random() * 20);
  log("info", "asked", { url });
  response.end(JSON.stringify([currentRequestId(), request.headers["x-request-id"]]));
});
let origin = "";
beforeAll(async () => {
  identifyRequests();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const sendRequest = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${origin}${path}`, { headers });
  return { sent: response.headers.get("x-request-id"), seen: await response.json() };
};

test("gives each of many requests its own id in log lines, headers and answer", async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => sendRequest(`/${index}`)));
  for (const { sent, seen } of answers) expect(seen).toEqual([sent, sent]);
  expect(new Set(answers.map(({ sent }) => sent)).size).toBe(40);
  const logged = Object.fromEntries(
    lines.map((line) => JSON.parse(line)).map(({ url, request_id }) => [url, request_id]),
  );
  expect(answers.map((_, index) => logged[`/${index}`])).toEqual(answers.map(({ sent }) => sent));
});

test("keeps a valid id of a proxy, and replaces an invalid one", async () => {
  const given = "0af7651916cd43dd8448eb211c80319c";
  expect(await sendRequest("/", { "x-request-id": given })).toEqual({ sent: given, seen: [given, given] });
  for (const wrong of ["", "short", "x".repeat(129), 'a"b c{d}e', "081234567890, another"])
    expect((await sendRequest("/", { "x-request-id": wrong })).sent).toMatch(/^[0-9a-f-]{36}$/);
});

test("gives background work no id", () => {
  expect(currentRequestId()).toBeUndefined();
});
