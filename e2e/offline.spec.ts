import type { BrowserContext, Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { expect, test, type Shopper } from "./fixtures";
import { startBalancer } from "../test/harness/balancer";
import { scan } from "./scan";
import { cancel, extend, fetchStatus, getCode, readCountdown, shownCode } from "./shopping";

/** What a browser says of requests that find no network. */
const noNetwork = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|Failed to load/;

test.use({ serviceWorkers: "allow" });

/** Waits until the service worker has the page and its scripts. */
const waitUntilKept = (page: Page, orderId: string) =>
  expect
    .poll(() =>
      page.evaluate(async (path) => {
        if (!(await caches.has(`payment-page:${path}`))) return 0;
        const kept = await (await caches.open(`payment-page:${path}`)).keys();
        return kept.some(({ url }) => new URL(url).pathname === path) ? kept.length : 0;
      }, `/pay/${orderId}`),
    )
    .toBeGreaterThan(5);

/** The kept page's HTML. */
const readKept = (page: Page, orderId: string): Promise<string> =>
  page.evaluate(async (path) => (await (await caches.match(path))?.text()) ?? "", `/pay/${orderId}`);

/** The names of the caches that hold pages. */
const listKept = (page: Page): Promise<string[]> => page.evaluate(() => caches.keys());

/** Orders, opens the payment page again, and waits until it is kept. */
async function openKept(page: Page, shopper: Shopper): Promise<{ orderId: string; code: string }> {
  const made = await getCode(page, shopper);
  await page.goto(`/pay/${made.orderId}`);
  await waitUntilKept(page, made.orderId);
  return made;
}

/** Has the kept page begin earlier, or end earlier, by the clock of the phone. */
const changeKept = (page: Page, orderId: string, change: { agedMs?: number; until?: number }) =>
  page.evaluate(
    async ([path, { agedMs, until }]) => {
      const cache = await caches.open(`payment-page:${path}`);
      const kept = await cache.match(path);
      const headers = new Headers(kept?.headers);
      headers.set("x-kept-at", String(Number(headers.get("x-kept-at")) - (agedMs ?? 0)));
      await cache.put(path, new Response(await kept?.text(), { headers }));
      if (until !== undefined) await cache.put("/pay/kept-terms", Response.json({ until }));
    },
    [`/pay/${orderId}`, change] as const,
  );

async function goOffline(context: BrowserContext, page: Page): Promise<void> {
  await context.setOffline(true);
  // Whatever the browser thinks, no request arrives.
  await expect(page.evaluate(() => fetch("/api/health").then(() => "arrived"))).rejects.toThrow();
}

async function reloadOffline(context: BrowserContext, page: Page): Promise<void> {
  await goOffline(context, page);
  await page.reload();
}

async function expectOpensOffline(
  context: BrowserContext,
  page: Page,
  { orderId, code }: { orderId: string; code: string },
): Promise<void> {
  await waitUntilKept(page, orderId);
  await reloadOffline(context, page);
  expect(await shownCode(page)).toBe(code);
}

test("the page that the checkout led to opens again without a network", async ({
  page,
  context,
  shopper,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(noNetwork);
  const { orderId, code } = await getCode(page, shopper);
  await expectOpensOffline(context, page, { orderId, code });
});

test("a page that was opened opens again without a network, with its code, cashier mode and the right time @core", async ({
  page,
  context,
  shopper,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(noNetwork);
  const { orderId, code } = await openKept(page, shopper);
  const { expiresAt } = await fetchStatus(page, orderId);
  await changeKept(page, orderId, { agedMs: 600_000 });
  await reloadOffline(context, page);
  expect(await shownCode(page)).toBe(code);
  // The ten minutes that passed since the page came are not given back.
  const left = (Date.parse(String(expiresAt)) - Date.now()) / 1000 - 600;
  expect(Math.abs((await readCountdown(page)) - left)).toBeLessThan(4);
  await expect(page.getByText("Koneksi terputus", { exact: false })).toBeVisible();
  await expect(page.getByText("Kabar terakhir 10 menit lalu", { exact: false })).toBeVisible();
  // What was not loaded before is missing, and the code stays.
  await page.getByRole("button", { name: "Kode QR" }).click();
  await expect(page.getByText("Kode QR belum bisa dimuat", { exact: false })).toBeVisible();
  expect(await shownCode(page)).toBe(code);
  await page.getByRole("link", { name: "Mode kasir" }).click();
  await expect(page.getByRole("region", { name: "Mode kasir" })).toContainText(shopper.name);
  await page.reload();
  await expect(page.getByRole("region", { name: "Mode kasir" })).toBeVisible();
  await expectAccessible(page);

  await context.setOffline(false);
  await expect(page.getByText("Koneksi terputus", { exact: false })).toHaveCount(0, { timeout: 60_000 });
});

test("a page whose network went before it was kept is kept when there is one again", async ({
  page,
  context,
  shopper,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(noNetwork);
  await page.addInitScript(() => {
    const { serviceWorker } = navigator;
    const register = serviceWorker.register.bind(serviceWorker);
    const failed = new Promise((fail) => {
      serviceWorker.register = () => {
        serviceWorker.register = register;
        fail(undefined);
        return Promise.reject(new TypeError("no network"));
      };
    });
    Object.assign(window, { failed });
  });
  const { orderId, code } = await getCode(page, shopper);
  await page.evaluate(() => (window as unknown as { failed: Promise<void> }).failed);
  expect(await listKept(page)).toEqual([]);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expectOpensOffline(context, page, { orderId, code });
});

test("a QR code that found no network is there when it is opened again", async ({
  page,
  context,
  shopper,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(noNetwork);
  const { orderId } = await openKept(page, shopper);
  const toggle = page.getByRole("button", { name: "Kode QR" });
  const missing = page.getByText("Kode QR belum bisa dimuat", { exact: false });
  await context.setOffline(true);
  await toggle.click();
  await expect(missing).toBeVisible();
  await context.setOffline(false);
  await toggle.click();
  await toggle.click();
  await expect(missing).toHaveCount(0);
  expect(await scan(page.getByRole("img", { name: "Kode QR alamat halaman ini" }))).toContain(orderId);
});

test("a page that was opened opens again while the server is down", async ({
  page,
  shops,
  shopper,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(/502|Failed to fetch/);
  const { orderId, code } = await getCode(page, shopper);
  const addresses = [shops.shop];
  const proxy = await startBalancer(addresses, { timeoutMs: 10_000 });
  try {
    await page.goto(`${proxy.address}/pay/${orderId}`);
    await waitUntilKept(page, orderId);
    // With no shop behind it the proxy answers 502.
    addresses.length = 0;
    await page.reload();
    expect(await shownCode(page)).toBe(code);
    await expect(page.getByText("Koneksi terputus", { exact: false })).toBeVisible();
  } finally {
    await page.close();
    await proxy.stop();
  }
});

test("the way back to a kept code is open without a network, until its time is up", async ({
  page,
  context,
  shopper,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(noNetwork);
  const { orderId, code } = await openKept(page, shopper);
  await page.getByRole("link", { name: "Cetak" }).click();
  await page.waitForURL(/\/print$/);
  await goOffline(context, page);
  const back = page.getByRole("link", { name: "Kembali" });
  await changeKept(page, orderId, { until: Date.now() - 1 });
  await back.click();
  await expect(page.getByText("halaman itu belum bisa dibuka")).toBeVisible();
  await expect(page).toHaveURL(/\/print$/);
  await changeKept(page, orderId, { until: Date.now() + 60_000 });
  await back.click();
  expect(await shownCode(page)).toBe(code);
});

test("a page that has changed since it was opened is kept as it is now", async ({
  page,
  context,
  shopper,
  simulator,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(noNetwork);
  await simulator.addFault(shopper.name, { kind: "expires_in_seconds", seconds: 900, times: 1 });
  const { orderId } = await openKept(page, shopper);
  await extend(page);
  await expect(page.getByText("Waktunya sudah ditambah", { exact: false }).first()).toBeVisible();
  const { expiresAt } = await fetchStatus(page, orderId);
  await expect.poll(() => readKept(page, orderId)).toContain(String(expiresAt));
  await goOffline(context, page);
  await page.reload();
  const left = (Date.parse(String(expiresAt)) - Date.now()) / 1000;
  expect(Math.abs((await readCountdown(page)) - left)).toBeLessThan(4);
});

test("one order's page is never shown for another's, and goes with its order's end", async ({
  page,
  context,
  shopper,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(noNetwork);
  const first = await openKept(page, shopper);
  await goOffline(context, page);
  const other = await context.newPage();
  await expect(other.goto("/pay/AAAAAAAAAAAAAAAAAAAAAA")).rejects.toThrow();
  await other.close();
  await context.setOffline(false);
  await changeKept(page, first.orderId, { until: Date.now() - 1 });
  await goOffline(context, page);
  await expect(page.reload(), "after its time").rejects.toThrow();
  await context.setOffline(false);
  await page.goto(`/pay/${first.orderId}`);
  await waitUntilKept(page, first.orderId);

  await page.reload();
  expect(await listKept(page)).toEqual([`payment-page:/pay/${first.orderId}`]);
  await cancel(page);
  await expect(page.getByRole("heading", { name: "Pembayaran dibatalkan" })).toBeVisible();
  await expect.poll(() => listKept(page)).toEqual([]);
  await goOffline(context, page);
  await expect(page.reload()).rejects.toThrow();
});

test("a page with a code can be put on the home screen, and one whose order has ended cannot", async ({
  page,
  context,
  shopper,
}) => {
  const { orderId } = await openKept(page, shopper);
  const browser = await context.newCDPSession(page);
  expect((await browser.send("Page.getInstallabilityErrors")).installabilityErrors).toEqual([]);
  const { data, errors } = await browser.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const manifest: Manifest = JSON.parse(data ?? "");
  expect(manifest.start_url).toBe(`/pay/${orderId}`);
  expect(data).not.toContain(shopper.name);
  for (const { src, sizes } of manifest.icons)
    expect(`${await readSize(page, src)}, ${src}`).toBe(`${sizes}, ${src}`);
  await page.goto(manifest.shortcuts[0]?.url ?? "");
  await expect(page.getByRole("region", { name: "Mode kasir" })).toBeVisible();

  await page.goto(`/pay/${orderId}`);
  await cancel(page);
  await expect(page.getByRole("heading", { name: "Pembayaran dibatalkan" })).toBeVisible();
  expect((await page.request.get(`/pay/${orderId}/manifest`)).status()).toBe(404);
  await page.reload();
  await expect(page.locator("link[rel=manifest]")).toHaveCount(0);
});

type Manifest = { start_url: string; icons: { src: string; sizes: string }[]; shortcuts: { url: string }[] };

/** As a manifest writes it: `192x192`. */
const readSize = (page: Page, src: string): Promise<string> =>
  page.evaluate(async (address) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    return `${image.naturalWidth}x${image.naturalHeight}`;
  }, src);
