import { expectFitForAll } from "./accessibility";
import { owner } from "./credentials";
import { deliveries, listed, openOffice, openOrder, search } from "./dashboard";
import { expect, test } from "./fixtures";
import { fillForCounter, getCode, order, submitButton } from "./shopping";
import { id } from "./copy";

test("a merchant signs in, finds the order by its code and sees it turn paid", async ({
  page,
  openPhone,
  shopper,
  simulator,
}) => {
  const { code } = await getCode(page, shopper);
  const office = await openOffice(openPhone);
  await search(office, `${code.slice(0, 4)} ${code.slice(4, 8)} ${code.slice(8, 12)} ${code.slice(12)}`);
  await expect(listed(office)).toHaveCount(1);
  await expect(listed(office)).toContainText(shopper.name);
  await expect(listed(office)).toContainText("Menunggu");
  await simulator.payAtTill(code);
  await expect(listed(office)).toContainText("Dibayar");
  await expectFitForAll(office);
});

test("an order that is open at the merchant's turns paid there without a reload", async ({
  page,
  openPhone,
  shopper,
  simulator,
}) => {
  await simulator.arm(shopper.name, { kind: "three_times_at_once" });
  const { code } = await getCode(page, shopper);
  const office = await openOffice(openPhone);
  await openOrder(office, shopper.name);
  await expect(office.getByText("Belum ada uang yang tercatat masuk.")).toBeVisible();
  await expectFitForAll(office);
  await simulator.payAtTill(code);
  await expect(office.getByRole("region", { name: "Uang masuk" })).toContainText("Rp92.000");
  // Told three times, applied once, and every time on record.
  await expect(deliveries(office).getByText("Diterapkan", { exact: true })).toHaveCount(1);
  await expect(deliveries(office).getByText("Ulangan", { exact: true })).toHaveCount(2);
  await expectFitForAll(office);
});

test("DOKU's words about a refusal are the merchant's to read", async ({
  page,
  openPhone,
  shopper,
  simulator,
}) => {
  const words = "merchant contract 4712 lacks this acquirer";
  await simulator.arm(shopper.name, { kind: "refuse", times: 1, code: "invalid_parameter", message: words });
  await order(page);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  await expect(page.getByText(id.refused)).toBeVisible();
  const office = await openOffice(openPhone);
  await openOrder(office, shopper.name);
  await expect(office.getByText(words).first()).toBeVisible();
  await expectFitForAll(office);
});

test("a payment of another amount waits for the merchant's decision", async ({
  page,
  openPhone,
  shopper,
  simulator,
}) => {
  await simulator.arm(shopper.name, { kind: "wrong_amount", amount: 1_000 });
  const { code } = await getCode(page, shopper);
  await simulator.payAtTill(code);
  const office = await openOffice(openPhone);
  await openOrder(office, shopper.name);
  await expect(office.getByRole("region", { name: "Perlu keputusan" })).toContainText("Jumlah berbeda");
  await expect(office.getByText(/^Menunggu \d/)).toHaveCount(0);
  await expect(office.getByText("Belum ada uang yang tercatat masuk.")).toBeVisible();
  await expectFitForAll(office);
});

test("a notification for nobody's order, and a forged one, are on record", async ({
  openPhone,
  shopper,
  simulator,
}) => {
  const invoice = `LAIN-${shopper.name.slice(5).toUpperCase()}`;
  await simulator.send({ invoice });
  const office = await openOffice(openPhone);
  await office.goto("/dashboard/notifications");
  await expect(office.getByText(invoice).first()).toBeVisible();
  await simulator.send({ invoice, badSignature: true });
  await office.reload();
  await expect(office.getByText("Tanda tangannya tidak cocok", { exact: false }).first()).toBeVisible();
  await expectFitForAll(office);
});

test("nobody sees the dashboard without signing in, and the sign-in leads back", async ({
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
  await expectFitForAll(page);
  await page.locator("#email").fill(owner.email);
  await page.locator("#password").fill("not-the-password");
  await page.getByRole("button", { name: "Masuk", exact: true }).click();
  await expect(page.getByText("E-mail atau kata sandi tidak cocok.")).toBeVisible();
  await expect(page.locator("#email")).toHaveValue(owner.email);
  await expectFitForAll(page);
  await page.locator("#password").fill(owner.password);
  await page.getByRole("button", { name: "Masuk", exact: true }).click();
  await page.waitForURL(/\/dashboard\/notifications/);

  await page.goto("/dashboard");
  await expectFitForAll(page);
  await page.getByRole("button", { name: "Keluar" }).click();
  // Leaving at once would cut off the request that ends the session.
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/dashboard");
  await expect(page).toHaveURL(/\/sign-in/);
});
