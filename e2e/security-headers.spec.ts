import type { APIResponse } from "@playwright/test";
import { expectFitForAll } from "./accessibility";
import { expect, test } from "./fixtures";
import { getCode, statusOf } from "./shopping";

const stranger = "AAAAAAAAAAAAAAAAAAAAAA";

/** What a browser may see of a payment. */
const shown = new Set([
  "orderId",
  "version",
  "amount",
  "status",
  "channel",
  "code",
  "hasLink",
  "howToPayPage",
  "expiresAt",
  "secondsLeft",
  "paidAt",
  "paidLate",
  "failure",
  "underReview",
  "preparingFor",
  "can",
  "change",
]);

/** On every answer, whatever it is. */
const headersOfAll = {
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "DENY",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
};

function expectSecured(answer: APIResponse): void {
  expect(answer.headers(), answer.url()).toMatchObject(headersOfAll);
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

test("every page carries every security header, and a policy with a nonce that no other page has", async ({
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

test("every answer of the interfaces carries every security header", async ({ page, request, shopper }) => {
  const { orderId } = await getCode(page, shopper);
  const answers = [
    await request.get(`/api/orders/${orderId}/status`),
    await request.post(`/api/orders/${orderId}/check`),
    await request.get(`/api/orders/${stranger}/status`),
    await request.get(`/api/orders/${stranger}/events`),
    await request.get("/api/health"),
    await request.post("/api/doku/notifications", { data: "{}" }),
    await request.get("/api/doku/notifications"),
  ];
  answers.forEach(expectSecured);
  answers.slice(0, 5).forEach(expectPolicy);
});

test("nobody's cache keeps a payment", async ({ page, request, shopper }) => {
  const { orderId } = await getCode(page, shopper);
  for (const path of [`/api/orders/${orderId}/status`, `/pay/${orderId}`, `/checkout/${orderId}`]) {
    const answer = await request.get(path);
    expect(answer.headers()["cache-control"], path).toContain("no-store");
  }
});

test("an unknown order is not found, whatever is asked about it", async ({ page, request, trouble }) => {
  for (const path of [
    `/pay/${stranger}`,
    `/checkout/${stranger}`,
    "/pay/x",
    "/checkout/x",
    `/pay/${stranger}/return`,
  ])
    expect((await request.get(path)).status(), path).toBe(404);
  for (const id of [stranger, "x", "%00", "..%2f..%2fhealth"])
    expect((await request.get(`/api/orders/${id}/status`)).status(), id).toBe(404);
  expect((await request.get(`/api/orders/${stranger}/events`)).status()).toBe(404);
  expect((await request.post(`/api/orders/${stranger}/check`)).status()).toBe(404);

  trouble.expect(/404/);
  await page.goto(`/pay/${stranger}`);
  await expect(page.getByRole("heading", { name: "Halaman tidak ditemukan" })).toBeVisible();
  await expectFitForAll(page);
});

test("the status document holds nothing about the shopper, and only what the page needs", async ({
  page,
  request,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  for (const act of [() => Promise.resolve(), () => simulator.payAtTill(code)]) {
    await act();
    const body = await statusOf(page, orderId);
    expect(Object.keys(body).filter((key) => !shown.has(key))).toEqual([]);
    const text = await (await request.get(`/api/orders/${orderId}/status`)).text();
    expect(text).not.toContain(shopper.name);
    expect(text).not.toContain(shopper.phone.slice(1));
    expect(text).not.toContain(shopper.email);
  }
  expect(await statusOf(page, orderId)).not.toHaveProperty("code");
});

test("the payment page names nobody to whoever it is passed on to, once it is paid", async ({
  page,
  openPhone,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  await simulator.payAtTill(code);
  const friend = await openPhone();
  await friend.goto(`/pay/${orderId}`);
  await expect(friend.getByText(shopper.name)).toHaveCount(0);
});
