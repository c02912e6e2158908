import type { APIResponse } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { getCode, fetchStatus } from "./shopping";

const unknownOrderId = "AAAAAAAAAAAAAAAAAAAAAA";

/** The members that the status document may have. */
const allowedKeys = new Set([
  "orderId",
  "version",
  "amount",
  "status",
  "channel",
  "code",
  "hasLink",
  "isLinkBlocked",
  "howToPayPage",
  "howToPay",
  "expiresAt",
  "secondsLeft",
  "paidAt",
  "paidLate",
  "failure",
  "received",
  "returned",
  "underReview",
  "preparingFor",
  "lastCheck",
  "can",
  "change",
]);

/** On every response. */
const commonHeaders = {
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "DENY",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
};

function expectSecured(answer: APIResponse): void {
  expect(answer.headers(), answer.url()).toMatchObject(commonHeaders);
  expect(answer.headers(), answer.url()).not.toHaveProperty("x-powered-by");
}

/** @returns the nonce */
function expectPolicy(answer: APIResponse): string {
  const policy = answer.headers()["content-security-policy"] ?? "";
  const directives = policy.split("; ");
  for (const needed of [
    "default-src 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ])
    expect(directives, answer.url()).toContain(needed);
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\shttps?:\s|\*[\s;]/);
  const [, nonce = ""] = /script-src 'nonce-([\w+/=]{20,})' 'strict-dynamic'/.exec(policy) ?? [];
  expect(nonce, answer.url()).not.toBe("");
  return nonce;
}

test("every page has all security headers and a Content-Security-Policy with a nonce of its own @core", async ({
  page,
  request,
  shopper,
}) => {
  const { orderId } = await getCode(page, shopper);
  const paths = [
    "/",
    `/checkout/${orderId}`,
    `/pay/${orderId}`,
    `/pay/${orderId}/return`,
    `/pay/${orderId}/print`,
    "/pay/unknown",
    "/no-page",
  ];
  const nonces = new Set<string>();
  for (const path of paths) {
    const answer = await request.get(path);
    expectSecured(answer);
    const nonce = expectPolicy(answer);
    const scripts = (await answer.text()).match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length, path).toBeGreaterThan(0);
    expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([]);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(paths.length);
});

test("every API response has all security headers", async ({ page, request, shopper }) => {
  const { orderId } = await getCode(page, shopper);
  const answers = [
    await request.get(`/api/orders/${orderId}/status`),
    await request.post(`/api/orders/${orderId}/check`),
    await request.get(`/api/orders/${unknownOrderId}/status`),
    await request.get(`/api/orders/${unknownOrderId}/events`),
    await request.get("/api/health"),
    await request.post("/api/doku/notifications", { data: "{}" }),
    await request.get("/api/doku/notifications"),
  ];
  answers.forEach(expectSecured);
  answers.slice(0, 5).forEach(expectPolicy);
});

test("pages and API responses of a payment must not be cached", async ({ page, request, shopper }) => {
  const { orderId } = await getCode(page, shopper);
  for (const path of [`/api/orders/${orderId}/status`, `/pay/${orderId}`, `/checkout/${orderId}`]) {
    const answer = await request.get(path);
    expect(answer.headers()["cache-control"], path).toContain("no-store");
  }
});

test("answers 404 to every request about an unknown order", async ({ page, request, unexpectedOutput }) => {
  for (const path of [
    `/pay/${unknownOrderId}`,
    `/checkout/${unknownOrderId}`,
    "/pay/x",
    "/checkout/x",
    `/pay/${unknownOrderId}/return`,
  ])
    expect((await request.get(path)).status(), path).toBe(404);
  for (const id of [unknownOrderId, "x", "%00", "..%2f..%2fhealth"])
    expect((await request.get(`/api/orders/${id}/status`)).status(), id).toBe(404);
  expect((await request.get(`/api/orders/${unknownOrderId}/events`)).status()).toBe(404);
  expect((await request.post(`/api/orders/${unknownOrderId}/check`)).status()).toBe(404);

  unexpectedOutput.expect(/404/);
  await page.goto(`/pay/${unknownOrderId}`);
  await expect(page.getByRole("heading", { name: "Halaman tidak ditemukan" })).toBeVisible();
  await expectAccessible(page);
});

test("the status document has only the members that the page needs, and no data of the shopper", async ({
  page,
  request,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  for (const act of [() => Promise.resolve(), () => simulator.payAtTill(code)]) {
    await act();
    const body = await fetchStatus(page, orderId);
    expect(Object.keys(body).filter((key) => !allowedKeys.has(key))).toEqual([]);
    const text = await (await request.get(`/api/orders/${orderId}/status`)).text();
    expect(text).not.toContain(shopper.name);
    expect(text).not.toContain(shopper.phone.slice(1));
    expect(text).not.toContain(shopper.email);
  }
  expect(await fetchStatus(page, orderId)).not.toHaveProperty("code");
});

test("the paid page does not show the shopper's name to other visitors", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  await simulator.payAtTill(code);
  const friend = await openPage();
  await friend.goto(`/pay/${orderId}`);
  await expect(friend.getByText(shopper.name)).toHaveCount(0);
});
