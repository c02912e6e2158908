import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { makeReusable, openOffice, openOrder, signIn } from "./dashboard";
import { expect, test } from "./fixtures";
import {
  cancel,
  changeMethod,
  expectPaidAtOnce,
  fillForCounter,
  getCode,
  paymentInState,
  order,
  shownCode,
  fetchStatus,
  submitButton,
} from "./shopping";
import type { Call, Simulator } from "./simulator";
import { id } from "./copy";

/** The calls that asked DOKU to change a code. */
async function listChangeCalls({ address }: Simulator, code: string): Promise<Call[]> {
  const { calls }: { calls: Call[] } = await (await fetch(`${address}/simulator/api/calls`)).json();
  return calls.filter(({ method, body }) => method === "PATCH" && body.includes(code));
}

test("extending keeps the code, moves the deadline and restarts the countdown", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "expires_in_seconds", seconds: 900, times: 1 });
  const { orderId, code } = await getCode(page, shopper);
  const before = await fetchStatus(page, orderId);
  await page.getByText("Tambah waktu", { exact: true }).click();
  await expectAccessible(page);
  // A double click sends one request.
  await page.getByRole("button", { name: "Ya, tambah waktu" }).dblclick();
  await expect(page.getByText("Waktunya sudah ditambah. Kodenya tetap sama.").first()).toBeVisible();
  expect(await shownCode(page)).toBe(code);
  const after = await fetchStatus(page, orderId);
  expect(Date.parse(String(after["expiresAt"]))).toBeGreaterThan(Date.parse(String(before["expiresAt"])));
  expect(Number(after["secondsLeft"])).toBeGreaterThan(3500);
  await expect(page.getByRole("timer")).toContainText(/00:59:\d\d/);
  expect(await listChangeCalls(simulator, code)).toHaveLength(1);
  await expectAccessible(page);
  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
});

test("ten minutes before the end the page offers more time by itself, and says so once", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "expires_in_seconds", seconds: 615, times: 1 });
  const { orderId, code } = await getCode(page, shopper);
  const offer = page.getByText("Waktunya hampir habis. Perlu lebih lama?");
  await expect(page.getByText("Tambah waktu", { exact: true })).toBeVisible();
  await expect(offer).toHaveCount(0);
  // Seen and spoken.
  await expect(offer.first()).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole("status")).toContainText("Waktunya hampir habis");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Tambah waktu" }).dblclick();
  await expect(page.getByText("Waktunya sudah ditambah. Kodenya tetap sama.").first()).toBeVisible();
  expect(await shownCode(page)).toBe(code);
  expect(Number((await fetchStatus(page, orderId))["secondsLeft"])).toBeGreaterThan(3500);
  await expect(offer).toHaveCount(0);
  expect(await listChangeCalls(simulator, code)).toHaveLength(1);
});

test("a cancelled code cannot be paid, and the order can be paid another way", async ({
  page,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  await page.getByText("Batalkan kode", { exact: true }).click();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Ya, batalkan kode" }).click();
  await expect(page.getByRole("heading", { name: "Pembayaran dibatalkan" })).toBeVisible();
  await expect(page.locator("[data-code]")).toHaveCount(0);
  await expectAccessible(page);
  expect(await simulator.listCodes(shopper.name)).toMatchObject([{ code, state: "DELETED" }]);
  await expect(simulator.payAtTill(code)).rejects.toThrow(/deleted/);
  await page.getByRole("link", { name: "Pilih cara bayar" }).click();
  await page.waitForURL(new RegExp(`/checkout/${orderId}`));
  await expect(page.getByText(id.leftAlfa)).toBeVisible();
  await expectAccessible(page);
});

test("the page says that the code is still payable when DOKU refuses to cancel it", async ({
  page,
  shopper,
  simulator,
}) => {
  const fault = { kind: "refuse", on: "change", times: 1 };
  await simulator.addFault(shopper.name, fault);
  const { code } = await getCode(page, shopper);
  await cancel(page);
  await expect(
    page.getByText(/Kode belum bisa dibatalkan, jadi anggap masih bisa dibayar/).first(),
  ).toBeVisible();
  expect(await shownCode(page)).toBe(code);
  await expectAccessible(page);
  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
});

test("when the code was paid before the cancellation, the page shows paid although the notification is late", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "late", ms: 60_000, times: 1 });
  const { code } = await getCode(page, shopper);
  await simulator.payAtTillWithoutWaiting(code);
  await cancel(page);
  await expect(paymentInState(page, "paid")).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  const [paid] = await simulator.listCodes(shopper.name);
  expect(paid).toMatchObject({ code, state: "PAID", timesPaid: 1 });
  expect(await listChangeCalls(simulator, code)).toMatchObject([{ status: 400 }]);
});

test("a cancellation whose response is lost is sent again, and the code is hidden meanwhile", async ({
  page,
  shopper,
  simulator,
}) => {
  const fault = { kind: "lost_answer", on: "change", times: 2 };
  await simulator.addFault(shopper.name, fault);
  const { code } = await getCode(page, shopper);
  await cancel(page);
  await expect(page.getByText("Kode sedang dibatalkan…").first()).toBeVisible();
  await expect(page.locator("[data-code]")).toHaveCount(0);
  await expectAccessible(page);
  await expect(page.getByRole("heading", { name: "Pembayaran dibatalkan" })).toBeVisible({ timeout: 30_000 });
  expect(await simulator.listCodes(shopper.name)).toMatchObject([{ code, state: "DELETED" }]);
});

test("changing from Alfamart to Indomaret cancels the old code at DOKU, and the new one pays @core", async ({
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
    (await simulator.listCodes(shopper.name)).map((made) => [made.code, made.state]),
  );
  expect(states[code]).toBe("DELETED");
  expect(fresh).not.toBe(code);
  // Indomaret's codes cannot be extended.
  await expect(page.getByText("Tambah waktu", { exact: true })).toHaveCount(0);
  await simulator.payAtTill(fresh);
  await expectPaidAtOnce(page);
  expect(await fetchStatus(page, orderId)).toMatchObject({
    status: "paid",
    channel: "indomaret",
    underReview: false,
  });
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("extends and cancels a code without JavaScript @core", async ({ page, shopper, simulator }) => {
    await simulator.addFault(shopper.name, { kind: "expires_in_seconds", seconds: 600, times: 1 });
    const { code } = await getCode(page, shopper);
    // Offered, because the time is almost over.
    await page.getByRole("button", { name: "Tambah waktu" }).click();
    await expect(page.getByText("Waktunya sudah ditambah. Kodenya tetap sama.")).toBeVisible();
    expect(await shownCode(page)).toBe(code);
    await cancel(page);
    await expect(page.getByRole("heading", { name: "Pembayaran dibatalkan" })).toBeVisible();
    expect(await simulator.listCodes(shopper.name)).toMatchObject([{ code, state: "DELETED" }]);
  });

  test("names an invalid text and amount without JavaScript and keeps what was typed", async ({
    page,
    shopper,
    simulator,
  }) => {
    const { code } = await getCode(page, shopper);
    await signIn(page);
    await openOrder(page, code);
    await page.getByText("Ubah teks di kasir…", { exact: true }).click();
    for (const [name, text] of Object.entries(invalidTexts)) await page.locator(`#${name}`).fill(text);
    await changeTextsButton(page).click();
    await expectErrorsNamed(page);
    await page.getByText("Ubah jumlah…", { exact: true }).click();
    await page.locator("#amount").fill("3.000.000");
    await page.getByRole("button", { name: "Ubah jumlah" }).click();
    await expect(page.locator("#amount")).toHaveAccessibleDescription(/paling banyak Rp2\.500\.000/);
    await expect(page.locator("#amount")).toHaveValue("3.000.000");
    expect(await listChangeCalls(simulator, code)).toEqual([]);
  });
});

test.describe("a long outage of DOKU", () => {
  test.beforeEach(({ simulator }) => simulator.setDown("reset"));
  // The circuit breaker of the channel stays open for a while: waits until it is closed, for the sake of other tests.
  test.afterEach(async ({ simulator, shopper }) => {
    await simulator.setDown("off");
    await expect.poll(() => simulator.listCodes(shopper.name), { timeout: 40_000 }).not.toEqual([]);
  });

  test("while DOKU is down the page offers alternatives after some seconds, and the checkout marks the slow method", async ({
    page,
    shopper,
  }) => {
    // Two orders fail often enough within half a minute to open the circuit.
    for (const _ of ["first", "second"]) {
      await order(page);
      await fillForCounter(page, "Alfamart", shopper);
      await submitButton(page).click();
      await expect(page.getByText(id.preparing)).toBeVisible();
    }
    await expect(page.getByText(id.preparingLong).first()).toBeVisible({
      timeout: 30_000,
    });
    await expectAccessible(page);
    await changeMethod(page);
    await expect(page.getByText("Sedang lambat menjawab", { exact: false })).toBeVisible();
    await expect(page.getByRole("radio", { name: "Alfamart" })).toBeEnabled();
    await expectAccessible(page);
    await expect(paymentInState(page, "preparing")).toHaveCount(0);
  });
});

test("staff change the texts of a code, and the till shows them", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const { code } = await getCode(page, shopper);
  const office = await openOffice(openPage, code);
  await office.getByText("Ubah teks di kasir…", { exact: true }).click();
  await expect(office.getByLabel("Nama pelanggan, paling banyak 40 huruf")).toHaveValue(shopper.name);
  await office.locator("#name").fill("Sari Dewi");
  await office.locator("#email").fill(shopper.email);
  await office.locator("#info").fill("Toko Pagi");
  await changeTextsButton(office).click();
  await expect(office.getByText("Teksnya sudah diubah.")).toBeVisible();
  await expectAccessible(office);
  expect(await simulator.fetchBill(code)).toMatchObject({ info: "Toko Pagi", name: "Sari Dewi" });
  const [patch] = await listChangeCalls(simulator, code);
  const requestBody = JSON.parse(patch?.body ?? "{}");
  expect(requestBody.customer).toEqual({ name: "Sari Dewi", email: shopper.email });
  expect(requestBody).toHaveProperty("online_to_offline_info.info", "Toko Pagi");

  // The form has closed, and the answer goes once it is opened again; it begins with what is stored now.
  await expect(office.locator("#email")).toBeHidden();
  await office.getByText("Ubah teks di kasir…", { exact: true }).click();
  await expect(office.getByText("Teksnya sudah diubah.")).toBeHidden();
  await expect(office.locator("#info")).toHaveValue("Toko Pagi");

  // DOKU cannot remove an e-mail address, so the form refuses to.
  await office.locator("#email").fill("");
  await changeTextsButton(office).click();
  await expect(office.locator("#email")).toHaveAccessibleDescription(/tidak bisa dihapus/);
  await expect(office.locator("#email")).toBeFocused();
  await expect(office.getByRole("region", { name: "Pelanggan" })).toContainText(shopper.email);
  expect(await listChangeCalls(simulator, code)).toHaveLength(1);
});

const invalidTexts = { name: "n".repeat(41), email: "sari@@example", info: "Toko ☕" };

test("names invalid texts at their fields and keeps what was typed", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const { code } = await getCode(page, shopper);
  const office = await openOffice(openPage, code);
  await office.getByText("Ubah teks di kasir…", { exact: true }).click();
  for (const [name, text] of Object.entries(invalidTexts)) await office.locator(`#${name}`).fill(text);
  await changeTextsButton(office).click();
  await expectErrorsNamed(office);
  await expect(office.locator("#name")).toBeFocused();
  await expectAccessible(office);
  expect(await listChangeCalls(simulator, code)).toEqual([]);
});

const changeTextsButton = (office: Page) => office.getByRole("button", { name: "Ubah teksnya" });

async function expectErrorsNamed(office: Page): Promise<void> {
  await expect(office.locator("#name")).toHaveAccessibleDescription(/Paling panjang 40 huruf/);
  await expect(office.locator("#email")).toHaveAccessibleDescription(/Periksa alamat e-mail/);
  await expect(office.locator("#info")).toHaveAccessibleDescription(/tanpa emoji/);
  await expect(office.locator("[aria-invalid=true]")).toHaveCount(3);
  for (const [name, text] of Object.entries(invalidTexts))
    await expect(office.locator(`#${name}`)).toHaveValue(text);
}

test("a changed amount shows on the page without a reload, is paid at the till and recorded", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  await expect(page.getByText("Rp92.000").first()).toBeVisible();
  const office = await openOffice(openPage, code);
  await office.getByText("Ubah jumlah…", { exact: true }).click();
  const field = office.getByLabel("Jumlah baru, dalam rupiah");
  await expect(field).toHaveValue("92000");
  await field.fill("9.000");
  await field.press("Enter");
  await expect(field).toHaveAccessibleDescription(/paling sedikit Rp10\.000, paling banyak Rp2\.500\.000/);
  await expect(field).toHaveValue("9.000");
  await expect(field).toBeFocused();
  await expectAccessible(office);
  await field.fill("80.000");
  await field.press("Enter");
  await expect(office.getByText("Jumlahnya sudah diubah di DOKU.")).toBeVisible();
  await expect(office.getByText("−Rp12.000")).toBeVisible();

  await expect(page.getByText("Toko mengubah jumlahnya", { exact: false }).first()).toBeVisible();
  expect(await shownCode(page)).toBe(code);
  expect(await fetchStatus(page, orderId)).toMatchObject({ amount: 80_000, status: "awaiting_payment" });
  // In the payment steps too, which the server renders.
  await expect(page.getByText("Rp92.000").filter({ visible: true })).toHaveCount(0);
  await expectAccessible(page);

  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await expect(page.getByText("Rp80.000").first()).toBeVisible();
  await expect(paymentInState(page, "paid")).toBeVisible();
});

test("staff change how long a code lasts and how often it can be paid, and DOKU has both", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  const office = await openOffice(openPage, code);
  const open = () => office.getByText("Ubah masa berlaku…", { exact: true }).click();
  const submit = () => office.getByRole("button", { name: "Ubah masa berlakunya" }).click();
  const [lasts, unit, reusable] = ["#lasts", "#lastsUnit", "#reusable"].map((id) => office.locator(id));
  if (!lasts || !unit || !reusable) throw new Error("the form has three fields");
  await open();
  await expect(lasts).toHaveValue("1");
  await expect(unit).toHaveValue("hours");
  await expect(reusable).not.toBeChecked();
  await lasts.fill("0");
  await submit();
  await expect(lasts).toHaveAccessibleDescription(/1 sampai 99\.999 menit/);
  await expect(lasts).toBeFocused();
  await expectAccessible(office);
  expect(await listChangeCalls(simulator, code)).toEqual([]);

  await lasts.fill("3");
  await unit.selectOption("days");
  await reusable.check();
  await submit();
  await expect(office.getByRole("main").getByRole("alert")).toContainText("Masa berlakunya sudah diubah");
  await expectAccessible(office);
  const [patch] = await listChangeCalls(simulator, code);
  expect(JSON.parse(patch?.body ?? "{}").online_to_offline_info).toMatchObject({
    ...{ payment_code: code, status: "ACTIVE", expired_time: 4320, reusable_status: true },
  });
  const history = office.getByRole("region", { name: "Riwayat" });
  for (const words of ["Masa berlaku diubah", "berlaku 3 hari", "bisa dibayar berkali-kali", "(staf)"])
    await expect(history).toContainText(words);

  for (const times of [1, 2]) {
    await simulator.payAtTill(code);
    await expect.poll(() => fetchStatus(page, orderId)).toMatchObject({ timesPaid: times });
  }
  expect(Number((await fetchStatus(page, orderId))["secondsLeft"])).toBeGreaterThan(71 * 3600);
  await office.reload();
  await open();
  await expect(lasts).toHaveValue("3");
  await expect(unit).toHaveValue("days");
  await expect(reusable).toBeChecked();
  await reusable.uncheck();
  await submit();
  await expect(reusable).toHaveAccessibleDescription(/sudah pernah dibayar/);
  expect(await listChangeCalls(simulator, code)).toHaveLength(1);
});

test("what came of an act stays on the page until staff act again", async ({ page, openPage, shopper }) => {
  const { code } = await getCode(page, shopper);
  const office = await openOffice(openPage, code);
  const answer = office.getByRole("main").getByRole("alert");
  await makeReusable(office);
  await expect(answer).toContainText("Masa berlakunya sudah diubah");
  // The page has followed; the answer is still there, and the form that is opened again begins with what is stored.
  await expect(office.getByRole("region", { name: "Riwayat" })).toContainText("Masa berlaku diubah");
  await expect(answer).toContainText("Masa berlakunya sudah diubah");
  await office.getByText("Ubah masa berlaku…", { exact: true }).click();
  await expect(office.locator("#reusable")).toBeChecked();
  await expect(answer).toHaveCount(0);

  // An answer elsewhere takes the errors of a form along, and what was typed in it.
  await office.getByText("Ubah jumlah…", { exact: true }).click();
  await office.locator("#amount").fill("1");
  await office.locator("#amount").press("Enter");
  await expect(office.locator("#amount")).toHaveAccessibleDescription(/paling sedikit/);
  await office.getByRole("button", { name: "Cek ke DOKU sekarang" }).click();
  await expect(answer).toContainText("Sudah ditanyakan ke DOKU");
  await office.getByText("Ubah jumlah…", { exact: true }).click();
  await expect(office.locator("#amount")).toHaveValue("92000");
  await expect(office.locator("#amount")).toHaveAccessibleDescription("");
});

test("a payment shows at once while DOKU keeps an act of the shopper waiting", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "expires_in_seconds", seconds: 900, times: 1 });
  await simulator.addFault(shopper.name, { kind: "slow", on: "change", ms: 8000, times: 1 });
  const { code } = await getCode(page, shopper);
  await page.getByText("Tambah waktu", { exact: true }).click();
  const { expiresAt } = await simulator.fetchBill(code);
  await page.getByRole("button", { name: "Ya, tambah waktu" }).click();
  // DOKU has made the change, and does not say so yet.
  await expect.poll(async () => (await simulator.fetchBill(code))["expiresAt"]).not.toBe(expiresAt);
  expect(await listChangeCalls(simulator, code), "calls that were answered").toEqual([]);
  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
});
