import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDoor } from "./doku-door";
import { readSettings } from "../env/settings";

let takes: (request: IncomingMessage, response: ServerResponse) => boolean;
const server = createServer((request, response) => {
  if (!takes(request, response)) response.end("somebody else's");
});

beforeAll(async () => {
  const read = readSettings({
    DOKU_NOTIFICATION_URL: "https://pay.example/doku/tell",
    DOKU_INQUIRY_URL: "https://pay.example/doku/ask",
  });
  if (read.outcome === "wrong") throw new Error(read.problems.join());
  globalThis.kodeBayarSettings = read.settings;
  globalThis.kodeBayarDoor = { open: (given) => (takes = given), securityHeaders: {} };
  openDoor();
  await new Promise<void>((ready) => server.listen(0, ready));
});
afterAll(() => {
  server.close();
  globalThis.kodeBayarSettings = undefined;
  globalThis.kodeBayarDoor = undefined;
});

/** What a visitor is told who only looks: each address refuses in words of its own. */
async function look(path: string): Promise<string> {
  const { port } = server.address() as AddressInfo;
  return (await fetch(`http://localhost:${port}${path}`)).text();
}

test.each([
  ["/api/doku/notifications", "only POST"],
  ["/api/doku/notifications/?a=b", "only POST"],
  ["/doku/tell", "only POST"],
  ["/api/doku/inquiries", "online_to_offline_inquiry"],
  ["/doku/ask", "online_to_offline_inquiry"],
  ["/api/doku/other", "somebody else's"],
  ["/", "somebody else's"],
])("%s is answered with %s", async (path, words) => {
  expect(await look(path)).toContain(words);
});

test("a server without the door does not start: it would answer 404 to DOKU", () => {
  const door = globalThis.kodeBayarDoor;
  globalThis.kodeBayarDoor = undefined;
  expect(openDoor).toThrow("npm start");
  globalThis.kodeBayarDoor = door;
});
