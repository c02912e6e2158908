import type { Page } from "@playwright/test";
import { expectFitForAll } from "./accessibility";
import { openOffice, openOrder, signIn } from "./dashboard";
import { expect, test } from "./fixtures";
import {
  cancel,
  changeMethod,
  expectPaidAtOnce,
  extend,
  fillForCounter,
  getCode,
  inState,
  order,
  shownCode,
  statusOf,
  submitButton,
} from "./shopping";
import type { Call, Simulator } from "./simulator";
import { id } from "./copy";

/** What DOKU was asked to change about a code. */
async function changesOf({ address }: Simulator, code: string): Promise<Call[]> {
  const { calls }: { calls: Call[] } = await (await fetch(`${address}/simulator/api/calls`)).json();
  return calls.filter(({ method, body }) => method === "PATCH" && body.includes(code));
}

test("more time: the same code, a later deadline and a countdown that starts anew", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.arm(shopper.name, { kind: "expires_in_seconds", seconds: 600, times: 1 });
  const { orderId, code } = await getCode(page, shopper);
  const before = await statusOf(page, orderId);
  await page.getByText("Tambah waktu", { exact: true }).click();
  await expectFitForAll(page);
  // Two presses are one request.
  await page.getByRole("button", { name: "Ya, tambah waktu" }).dblclick();
  await expect(page.getByText("Waktunya sudah ditambah. Kodenya tetap sama.").first()).toBeVisible();
  expect(await shownCode(page)).toBe(code);
  const after = await statusOf(page, orderId);
  expect(Date.parse(String(after["expiresAt"]))).toBeGreaterThan(Date.parse(String(before["expiresAt"])));
  expect(Number(after["secondsLeft"])).toBeGreaterThan(3500);
  await expect(page.getByRole("timer")).toContainText(/00:59:\d\d/);
  expect(await changesOf(simulator, code)).toHaveLength(1);
  await expectFitForAll(page);
  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
});

test("a cancelled code cannot be paid any more, and the order can be paid another way", async ({
  page,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  await page.getByText("Batalkan kode", { exact: true }).click();
  await expectFitForAll(page);
  await page.getByRole("button", { name: "Ya, batalkan kode" }).click();
  await expect(page.getByRole("heading", { name: "Pembayaran dibatalkan" })).toBeVisible();
  await expect(page.locator("[data-code]")).toHaveCount(0);
  await expectFitForAll(page);
  expect(await simulator.codesOf(shopper.name)).toMatchObject([{ code, state: "DELETED" }]);
  await expect(simulator.payAtTill(code)).rejects.toThrow(/deleted/);
  await page.getByRole("link", { name: "Pilih cara bayar" }).click();
  await page.waitForURL(new RegExp(`/checkout/${orderId}`));
  await expect(page.getByText(id.leftAlfa)).toBeVisible();
  await expectFitForAll(page);
});

test("a cancel that DOKU refuses leaves the code payable, and the page says so", async ({
  page,
  shopper,
  simulator,
}) => {
  const fault = { kind: "refuse", on: "change", times: 1 };
  await simulator.arm(shopper.name, fault);
  const { code } = await getCode(page, shopper);
  await cancel(page);
  await expect(
    page.getByText(/Kode belum bisa dibatalkan, jadi anggap masih bisa dibayar/).first(),
  ).toBeVisible();
  expect(await shownCode(page)).toBe(code);
  await expectFitForAll(page);
  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
});

test("a cancel that a payment has beaten is refused by DOKU, and the page turns paid though its message is late", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.arm(shopper.name, { kind: "late", ms: 60_000, times: 1 });
  const { code } = await getCode(page, shopper);
  await simulator.payAtTillUnheard(code);
  await cancel(page);
  await expect(inState(page, "paid")).toBeVisible({ timeout: 30_000 });
  await expectFitForAll(page);
  const [paid] = await simulator.codesOf(shopper.name);
  expect(paid).toMatchObject({ code, state: "PAID", timesPaid: 1 });
  expect(await changesOf(simulator, code)).toMatchObject([{ status: 400 }]);
});

test("a cancel whose answer is lost is sent again until it is known; nobody is shown the code meanwhile", async ({
  page,
  shopper,
  simulator,
}) => {
  const fault = { kind: "lost_answer", on: "change", times: 2 };
  await simulator.arm(shopper.name, fault);
  const { code } = await getCode(page, shopper);
  await cancel(page);
  await expect(page.getByText("Kode sedang dibatalkan…").first()).toBeVisible();
  await expect(page.locator("[data-code]")).toHaveCount(0);
  await expectFitForAll(page);
  await expect(page.getByRole("heading", { name: "Pembayaran dibatalkan" })).toBeVisible({ timeout: 30_000 });
  expect(await simulator.codesOf(shopper.name)).toMatchObject([{ code, state: "DELETED" }]);
});

test("changing from Alfamart to Indomaret cancels the old code at DOKU, and the new one pays", async ({
  page,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  await changeMethod(page);
  await expect(page.getByText(id.leftAlfa)).toBeVisible();
  await fillForCounter(page, "Indomaret", shopper);
  await submitButton(page).click();
  await expect(page.getByRole("heading", { name: "Bayar di Indomaret" })).toBeVisible();
  const fresh = await shownCode(page);
  const states = Object.fromEntries(
    (await simulator.codesOf(shopper.name)).map((made) => [made.code, made.state]),
  );
  expect(states[code]).toBe("DELETED");
  expect(fresh).not.toBe(code);
  // Nothing that Indomaret's codes cannot do is offered for them.
  await expect(page.getByText("Tambah waktu", { exact: true })).toHaveCount(0);
  await simulator.payAtTill(fresh);
  await expectPaidAtOnce(page);
  expect(await statusOf(page, orderId)).toMatchObject({
    status: "paid",
    channel: "indomaret",
    underReview: false,
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("time is added and the code cancelled by plain forms", async ({ page, shopper, simulator }) => {
    await simulator.arm(shopper.name, { kind: "expires_in_seconds", seconds: 600, times: 1 });
    const { code } = await getCode(page, shopper);
    await extend(page);
    await expect(page.getByText("Waktunya sudah ditambah. Kodenya tetap sama.")).toBeVisible();
    expect(await shownCode(page)).toBe(code);
    await cancel(page);
    await expect(page.getByRole("heading", { name: "Pembayaran dibatalkan" })).toBeVisible();
    expect(await simulator.codesOf(shopper.name)).toMatchObject([{ code, state: "DELETED" }]);
  });

  test("the merchant's words and amount that do not fit are named too, and stay", async ({
    page,
    shopper,
    simulator,
  }) => {
    const { code } = await getCode(page, shopper);
    await signIn(page);
    await openOrder(page, code);
    await page.getByText("Ubah teks di kasir…", { exact: true }).click();
    for (const [name, text] of Object.entries(misfitting)) await page.locator(`#${name}`).fill(text);
    await changeWords(page).click();
    await expectNamed(page);
    await page.getByText("Ubah jumlah…", { exact: true }).click();
    await page.locator("#amount").fill("3.000.000");
    await page.getByRole("button", { name: "Ubah jumlah" }).click();
    await expect(page.locator("#amount")).toHaveAccessibleDescription(/paling banyak Rp2\.500\.000/);
    await expect(page.locator("#amount")).toHaveValue("3.000.000");
    expect(await changesOf(simulator, code)).toEqual([]);
  });
});

test.describe("DOKU is down for long", () => {
  test.beforeEach(({ simulator }) => simulator.setDown("reset"));
  // A method that was down is left alone for a while: until it answers again, nobody else gets a code of it.
  test.afterEach(async ({ simulator, shopper }) => {
    await simulator.setDown("off");
    await expect.poll(() => simulator.codesOf(shopper.name), { timeout: 40_000 }).not.toEqual([]);
  });

  test("the page says after a while what else one can do, and the checkout which method is slow", async ({
    page,
    shopper,
  }) => {
    // Two orders of one method: enough fails within half a minute for the method to be called slow.
    for (const _ of ["first", "second"]) {
      await order(page);
      await fillForCounter(page, "Alfamart", shopper);
      await submitButton(page).click();
      await expect(page.getByText(id.preparing)).toBeVisible();
    }
    await expect(page.getByText(id.preparingLong).first()).toBeVisible({
      timeout: 30_000,
    });
    await expectFitForAll(page);
    await changeMethod(page);
    await expect(page.getByText("Sedang lambat menjawab", { exact: false })).toBeVisible();
    await expect(page.getByRole("radio", { name: "Alfamart" })).toBeEnabled();
    await expectFitForAll(page);
    await expect(inState(page, "preparing")).toHaveCount(0);
  });
});

test("the merchant changes the till's words, and the cashier reads them", async ({
  page,
  openPhone,
  shopper,
  simulator,
}) => {
  const { code } = await getCode(page, shopper);
  const office = await openOffice(openPhone, code);
  await office.getByText("Ubah teks di kasir…", { exact: true }).click();
  await expect(office.getByLabel("Nama pelanggan, paling banyak 40 huruf")).toHaveValue(shopper.name);
  await office.locator("#name").fill("Sari Dewi");
  await office.locator("#email").fill(shopper.email);
  await office.locator("#info").fill("Toko Pagi");
  await changeWords(office).click();
  await expect(office.getByText("Teksnya sudah diubah.")).toBeVisible();
  await expectFitForAll(office);
  expect(await simulator.billOf(code)).toMatchObject({ info: "Toko Pagi", name: "Sari Dewi" });
  const [patch] = await changesOf(simulator, code);
  const told = JSON.parse(patch?.body ?? "{}");
  expect(told.customer).toEqual({ name: "Sari Dewi", email: shopper.email });
  expect(told).toHaveProperty("online_to_offline_info.info", "Toko Pagi");

  // DOKU has no way to take an e-mail away: nothing says that it is gone.
  await office.locator("#email").fill("");
  await changeWords(office).click();
  await expect(office.locator("#email")).toHaveAccessibleDescription(/tidak bisa dihapus/);
  await expect(office.locator("#email")).toBeFocused();
  await expect(office.getByRole("region", { name: "Pelanggan" })).toContainText(shopper.email);
  expect(await changesOf(simulator, code)).toHaveLength(1);
});

const misfitting = { name: "n".repeat(41), email: "sari@@example", info: "Toko ☕" };

test("words that do not fit are named at their fields, and what was typed stays", async ({
  page,
  openPhone,
  shopper,
  simulator,
}) => {
  const { code } = await getCode(page, shopper);
  const office = await openOffice(openPhone, code);
  await office.getByText("Ubah teks di kasir…", { exact: true }).click();
  for (const [name, text] of Object.entries(misfitting)) await office.locator(`#${name}`).fill(text);
  await changeWords(office).click();
  await expectNamed(office);
  await expect(office.locator("#name")).toBeFocused();
  await expectFitForAll(office);
  expect(await changesOf(simulator, code)).toEqual([]);
});

const changeWords = (office: Page) => office.getByRole("button", { name: "Ubah teksnya" });

async function expectNamed(office: Page): Promise<void> {
  await expect(office.locator("#name")).toHaveAccessibleDescription(/Paling panjang 40 huruf/);
  await expect(office.locator("#email")).toHaveAccessibleDescription(/Periksa alamat e-mail/);
  await expect(office.locator("#info")).toHaveAccessibleDescription(/tanpa emoji/);
  await expect(office.locator("[aria-invalid=true]")).toHaveCount(3);
  for (const [name, text] of Object.entries(misfitting))
    await expect(office.locator(`#${name}`)).toHaveValue(text);
}

test("the amount changes while the shopper walks to the store: the page, the till and the books all say the new one", async ({
  page,
  openPhone,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  await expect(page.getByText("Rp92.000").first()).toBeVisible();
  const office = await openOffice(openPhone, code);
  await office.getByText("Ubah jumlah…", { exact: true }).click();
  const field = office.getByLabel("Jumlah baru, dalam rupiah");
  await field.fill("9.000");
  await field.press("Enter");
  await expect(field).toHaveAccessibleDescription(/paling sedikit Rp10\.000, paling banyak Rp2\.500\.000/);
  await expect(field).toHaveValue("9.000");
  await expect(field).toBeFocused();
  await expectFitForAll(office);
  await field.fill("80.000");
  await field.press("Enter");
  await expect(office.getByText("Jumlahnya sudah diubah di DOKU.")).toBeVisible();
  await expect(office.getByText("−Rp12.000")).toBeVisible();

  await expect(page.getByText("Toko mengubah jumlahnya", { exact: false }).first()).toBeVisible();
  expect(await shownCode(page)).toBe(code);
  expect(await statusOf(page, orderId)).toMatchObject({ amount: 80_000, status: "awaiting_payment" });
  // In the steps too, which the server draws.
  await expect(page.getByText("Rp92.000").filter({ visible: true })).toHaveCount(0);
  await expectFitForAll(page);

  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await expect(page.getByText("Rp80.000").first()).toBeVisible();
  await expect(inState(page, "paid")).toBeVisible();
});
