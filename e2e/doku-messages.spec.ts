import { request as send } from "node:http";
import { connect } from "node:net";
import { customNotificationPath } from "./shops";
import { expect, test } from "./two-shops";

const path = "/api/doku/notifications";
const getPort = (address: string) => Number(new URL(address).port);

/** Sends everything before it reads, as simple clients do. @returns what it could read then */
function sendWithoutReading(port: number, bytes: number): Promise<string> {
  return new Promise((found) => {
    let text = "";
    const socket = connect(port, "localhost").pause();
    socket.on("data", (part) => (text += part.toString("latin1"))).on("error", () => undefined);
    socket.on("close", () => found(text));
    socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${bytes}\r\n\r\n`);
    socket.write(Buffer.alloc(bytes), () => setTimeout(() => socket.resume(), 50));
  });
}

test("a client that sends a far too large body to DOKU's path can still read the 413", async ({ shops }) => {
  const answer = await sendWithoutReading(getPort(shops.shop), 20_000_000);
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer.toLowerCase()).toContain("connection: close");
  expect(answer).toContain('{"result":"too_large"}');
});

test("closes the connection of a client that never stops sending to DOKU's path", async ({ shops }) => {
  const begun = Date.now();
  await new Promise<void>((over) => {
    const sent = send({ port: getPort(shops.shop), path, method: "POST" }, (answer) => answer.resume());
    const drip = setInterval(() => sent.write(Buffer.alloc(16_384)), 50);
    const end = () => {
      clearInterval(drip);
      over();
    };
    sent.on("error", end).on("close", end);
  });
  expect(Date.now() - begun).toBeLessThan(15_000);
});

test("serves DOKU's paths with a slash at their end, and redirects pages", async ({ request }) => {
  const notification = await request.post(`${path}/`, { data: "{}", maxRedirects: 0 });
  expect(notification.status()).toBe(401);
  const page = await request.get("/sign-in/?a=b", { maxRedirects: 0 });
  expect([page.status(), page.headers()["location"]]).toEqual([308, "/sign-in?a=b"]);
});

test("serves a configured path to requests with DOKU's headers, and no other path", async ({
  request,
  shops,
}) => {
  const headers = { "Client-Id": "MCH-0001", Signature: "HMACSHA256=x" };
  const post = async (where: string, more: Record<string, string>) => {
    const answer = await request.post(shops.notifiedShop + where, {
      data: "{}",
      headers: more,
      maxRedirects: 0,
    });
    return answer.status();
  };
  expect(await post(customNotificationPath, headers)).toBe(401);
  expect(await post(customNotificationPath.slice(0, -1), headers)).toBe(401);
  expect(await post(customNotificationPath, {})).toBe(404);
  expect(await post("/hooks/other", headers)).toBe(404);
  expect(await post("/sign-in", headers)).toBe(404);
  // A bot that signs its requests in another way is not DOKU.
  const robot = await request.get(`${shops.notifiedShop}/sign-in`, { headers: { Signature: "sig1=:x:" } });
  expect([robot.status(), robot.headers()["content-security-policy"]]).toEqual([200, expect.any(String)]);
});

test("keeps an idle connection longer than a balancer does", async ({ request }) => {
  const answer = await request.post(path, { data: "{}" });
  const [, seconds] = /timeout=(\d+)/.exec(answer.headers()["keep-alive"] ?? "") ?? [];
  expect(Number(seconds)).toBeGreaterThan(60);
});
