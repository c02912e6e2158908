import { setTimeout } from "node:timers/promises";
import { expectAccessible } from "./accessibility";
import { owner } from "./credentials";
import { deliveries, listed, makeReusable, openOffice, openOrder, search } from "./dashboard";
import { expect, test } from "./fixtures";
import { fillForCounter, getCode, order, submitButton } from "./shopping";
import { id } from "./copy";

test("staff find an order by its code and see it become paid @core", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const { code } = await getCode(page, shopper);
  const office = await openOffice(openPage);
  await search(office, `${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8, 12)} ${code.slice(12)}`);
  await expect(listed(office)).toHaveCount(1);
  await expect(listed(office)).toContainText(shopper.name);
  await expect(listed(office)).toContainText("Menunggu");
  await simulator.payAtTill(code);
  await expect(listed(office)).toContainText("Dibayar");
  await expectAccessible(office);
});

test("a search puts no name into any address, and survives Back, a reload and the language", async ({
  page,
  openPage,
  shopper,
}) => {
  await getCode(page, shopper);
  const office = await openOffice(openPage);
  const addresses: string[] = [];
  office.on("request", (request) => addresses.push(request.url(), request.headers()["referer"] ?? ""));
  await openOrder(office, shopper.name);
  await office.goBack();
  await expect(office.getByText(`Hasil untuk “${shopper.name}”`)).toBeVisible();
  await expect(listed(office)).toHaveCount(1);
  await office.reload();
  await expect(office.getByRole("searchbox")).toHaveValue(shopper.name);
  await office.getByRole("button", { name: "EN", exact: false }).click();
  await expect(office.getByText(`Results for “${shopper.name}”`)).toBeVisible();
  const [first = ""] = shopper.name.split(" ");
  expect(addresses.filter((address) => decodeURIComponent(address).includes(first))).toEqual([]);

  await office.goto("/dashboard?q=forged");
  await expect(office.getByText("can no longer be read")).toBeVisible();
  await expect(listed(office).first()).toBeVisible();
  await expectAccessible(office);
});

test("a wrong address below the dashboard stays in the dashboard's frame", async ({
  openPage,
  request,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(/404 \(Not Found\).*\/dashboard\//);
  const office = await openOffice(openPage);
  for (const path of ["nonsense", "orders", "orders/AAAAAAAAAAAAAAAAAAAAAA", "orders/a/b/c"]) {
    const answer = await office.goto(`/dashboard/${path}`);
    expect(answer?.status(), path).toBe(404);
    await expect(office.getByRole("heading", { name: "Halaman tidak ditemukan", level: 1 })).toBeVisible();
    await expect(office.getByRole("navigation", { name: "Menu dasbor" })).toBeVisible();
    await expect(office.getByRole("link", { name: "Ke daftar pesanan" })).toBeVisible();
  }
  await expectAccessible(office);
  const asStranger = await request.get("/dashboard/nonsense", { maxRedirects: 0 });
  expect(asStranger.headers()["location"]).toMatch(/^\/sign-in/);
});

test("the order page of the dashboard shows a payment without a reload", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "three_times_at_once" });
  const { code } = await getCode(page, shopper);
  const office = await openOffice(openPage);
  await openOrder(office, shopper.name);
  await expect(office.getByText("Belum ada uang yang tercatat masuk.")).toBeVisible();
  await expectAccessible(office);
  await simulator.payAtTill(code);
  await expect(office.getByRole("region", { name: "Uang masuk" })).toContainText("Rp92.000");
  // Three deliveries are stored; one is applied.
  await expect(deliveries(office).getByText("Diterapkan", { exact: true })).toHaveCount(1);
  await expect(deliveries(office).getByText("Ulangan", { exact: true })).toHaveCount(2);
  await expectAccessible(office);
});

test("in a busy shop over a slow network the dashboard follows, and shows what came of an act", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const { code } = await getCode(page, shopper);
  const office = await openOffice(openPage, code);
  await makeReusable(office);
  const history = office.getByRole("region", { name: "Riwayat" }).getByRole("listitem");
  await expect(history.filter({ hasText: "Masa berlaku diubah" })).toBeVisible();

  // Each refresh takes longer than the time until the next order changes.
  await office.route("**/dashboard/orders/**", async (route) => {
    if (route.request().method() === "GET") await setTimeout(1500);
    await route.continue();
  });
  const before = await history.count();
  const isOver = new AbortController();
  const customers = payUntil(isOver.signal, () => simulator.payAtTill(code));
  await expect.poll(() => history.count()).toBeGreaterThan(before);
  await office.getByRole("button", { name: "Cek ke DOKU sekarang" }).click();
  await expect(office.getByRole("main").getByRole("alert")).toContainText("Sudah ditanyakan ke DOKU");
  isOver.abort();
  await customers;
});

async function payUntil(isOver: AbortSignal, pay: () => Promise<unknown>): Promise<void> {
  while (!isOver.aborted) {
    await pay();
    await setTimeout(400);
  }
}

test("the dashboard stays while the network is gone, and follows when it is back", async ({
  page,
  openPage,
  shopper,
  simulator,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(/net::ERR_/);
  const { code } = await getCode(page, shopper);
  const office = await openOffice(openPage, code);
  await expect(office.getByText("Belum ada uang yang tercatat masuk.")).toBeVisible();
  const isRefused = office.waitForEvent("requestfailed", (request) => "rsc" in request.headers());
  await office.context().setOffline(true);
  // The stream is open still, and says that there is news.
  await simulator.payAtTill(code);
  await isRefused;
  await office.waitForEvent("requestfailed", (request) => request.url().includes("/api/health"));
  await expect(office.getByText("Belum ada uang yang tercatat masuk.")).toBeVisible();
  await office.context().setOffline(false);
  await expect(office.getByRole("region", { name: "Uang masuk" })).toContainText("Rp92.000");
});

test("shows staff DOKU's message about a refused request", async ({ page, openPage, shopper, simulator }) => {
  const dokuMessage = "merchant contract 4712 lacks this acquirer";
  await simulator.addFault(shopper.name, {
    kind: "refuse",
    times: 1,
    code: "invalid_parameter",
    message: dokuMessage,
  });
  await order(page);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  await expect(page.getByText(id.refused)).toBeVisible();
  const office = await openOffice(openPage);
  await openOrder(office, shopper.name);
  await expect(office.getByText(dokuMessage).first()).toBeVisible();
  await expectAccessible(office);
});

test("shows staff a payment of another amount as a case", async ({ page, openPage, shopper, simulator }) => {
  await simulator.addFault(shopper.name, { kind: "wrong_amount", amount: 1_000 });
  // DOKU is asked at once, and its status would have the amount.
  await simulator.addFault(shopper.name, { kind: "status_404" });
  const { code } = await getCode(page, shopper);
  await simulator.payAtTill(code);
  const office = await openOffice(openPage);
  await openOrder(office, shopper.name);
  await expect(office.getByRole("region", { name: "Perlu keputusan" })).toContainText("Jumlah berbeda");
  await expect(office.getByText(/^Menunggu \d/)).toHaveCount(0);
  await expect(office.getByText("Belum ada uang yang tercatat masuk.")).toBeVisible();
  await expectAccessible(office);
});

test("lists an orphan, and counts forged notifications apart from it", async ({
  openPage,
  shopper,
  simulator,
}) => {
  const invoice = `LAIN-${shopper.name.slice(5).toUpperCase()}`;
  await simulator.sendNotification({ invoice });
  const office = await openOffice(openPage);
  await office.goto("/dashboard/notifications");
  await expect(office.getByText(invoice).first()).toBeVisible();
  await simulator.sendNotification({ invoice, badSignature: true });
  await simulator.sendNotification({ invoice, badSignature: true });
  await expect(async () => {
    await office.reload();
    await expect(office.getByText("Dalam 24 jam terakhir: 2 pesan.")).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(office.getByRole("listitem").filter({ hasText: invoice })).toHaveCount(1);
  await office.getByText("Lihat contohnya").click();
  await expect(office.getByText("Tanda tangannya tidak cocok", { exact: false }).first()).toBeVisible();
  await expectAccessible(office);
});

test("redirects from the dashboard to the sign-in without a session, and back afterwards", async ({
  page,
  request,
}) => {
  for (const path of ["/dashboard", "/dashboard/notifications", "/dashboard/orders/AAAAAAAAAAAAAAAAAAAAAA"]) {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect([303, 307], path).toContain(answer.status());
    expect(answer.headers()["location"], path).toMatch(/^\/sign-in/);
  }
  expect((await request.get("/api/dashboard/events")).status()).toBe(401);

  await page.goto("/dashboard/notifications");
  await expect(page).toHaveURL(/\/sign-in/);
  await expectAccessible(page);
  await page.locator("#email").fill(owner.email);
  await page.locator("#password").fill("not-the-password");
  await page.getByRole("button", { name: "Masuk", exact: true }).click();
  await expect(page.getByText("E-mail atau kata sandi tidak cocok.")).toBeVisible();
  await expect(page.locator("#email")).toHaveValue(owner.email);
  await expectAccessible(page);
  await page.locator("#password").fill(owner.password);
  await page.getByRole("button", { name: "Masuk", exact: true }).click();
  await page.waitForURL(/\/dashboard\/notifications/);

  await page.goto("/dashboard");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Keluar" }).click();
  // Waits for the response that ends the session.
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/dashboard");
  await expect(page).toHaveURL(/\/sign-in/);
});
