import type { Locator, Page } from "@playwright/test";
import { expectFitForAll } from "./accessibility";
import { owner } from "./credentials";
import { deliveries, desk, openOffice, signIn } from "./dashboard";
import { expect, test, type Shopper } from "./fixtures";
import {
  cancel,
  changeMethod,
  expectPaidAtOnce,
  fillForCounter,
  getCode,
  inState,
  order,
  shownCode,
  statusOf,
  submitButton,
} from "./shopping";
import { id } from "./copy";

/** The case of one order in the list. */
const caseOf = (office: Page, orderId: string) =>
  office.locator("main li", { has: office.locator(`a[href="/dashboard/orders/${orderId}"]`) });

/** The newest case is the last one, and other journeys leave theirs open: turns pages until it is there. */
async function openCases(office: Page, item: Locator): Promise<void> {
  await office.goto("/dashboard/cases");
  for (let turned = 0; turned < 20 && (await item.count()) === 0; turned += 1) {
    const before = office.url();
    await office.getByRole("link", { name: "Berikutnya →" }).click();
    await office.waitForURL((url) => url.href !== before);
  }
}

test("another amount waits in the list, and a merchant closes it with a note", async ({
  page,
  openPhone,
  shopper,
  simulator,
}) => {
  await simulator.arm(shopper.name, { kind: "wrong_amount", amount: 1_000 });
  const { orderId, code } = await getCode(page, shopper);
  const { notification } = await simulator.payAtTill(code);
  await expect(page.getByText(id.underReview, { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: id.checkNow })).toHaveCount(0);

  const office = await openOffice(openPhone);
  await office
    .getByRole("link", { name: /^Perlu keputusan/ })
    .first()
    .click();
  await office.waitForURL(/\/dashboard\/cases/);
  const open = caseOf(office, orderId);
  await openCases(office, open);
  await expect(open).toContainText("Rp1.000");
  await expect(open).toContainText("Rp92.000");
  await expectFitForAll(office);

  // A note is asked for, and what is missing is named.
  await open.getByRole("button", { name: "Tutup kasus" }).click();
  await expect(open.getByText("Tulis dulu apa yang diputuskan.")).toBeVisible();
  await expect(open.getByRole("textbox")).toBeFocused();
  await expectFitForAll(office);
  await open.getByRole("textbox").fill("Uang dikembalikan lewat transfer.");
  await open.getByRole("button", { name: "Tutup kasus" }).click();
  await expect(office.getByText("Kasus ditutup dengan catatan Anda.")).toBeVisible();
  await expect(caseOf(office, orderId)).toHaveCount(0);

  await office.goto(`/dashboard/orders/${orderId}`);
  const decided = office.getByRole("region", { name: "Perlu keputusan" });
  await expect(decided).toContainText("Uang dikembalikan lewat transfer.");
  await expect(decided).toContainText(owner.email);
  expect(await statusOf(page, orderId)).toMatchObject({ status: "awaiting_payment", underReview: false });

  // Told again, it is no news: what a person has decided stays decided.
  const { attempts } = await simulator.tellAgain(notification.id);
  expect(attempts.at(-1)).toMatchObject({ status: 200 });
  await office.reload();
  await expect(deliveries(office)).toContainText("tidak dibuka lagi");
  await expect(decided.getByRole("button", { name: "Tutup kasus" })).toHaveCount(0);
  expect(await statusOf(page, orderId)).toMatchObject({ status: "awaiting_payment", underReview: false });
});

test("a till that beats the cancel: the order is paid, looked at, and closed with a note", async ({
  page,
  openPhone,
  shopper,
  simulator,
}) => {
  await simulator.arm(shopper.name, { kind: "pay_after_delete" });
  const { orderId, code } = await getCode(page, shopper);
  const office = await openOffice(openPhone, code);
  await cancel(page);
  await expect(inState(page, "cancelled")).toBeVisible();

  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await expect(page.getByText(id.underReviewPaid)).toBeVisible();
  expect(await statusOf(page, orderId)).toMatchObject({ status: "paid", underReview: true });

  // The office sees it without a reload, counted in the menu as well.
  const open = office.getByRole("region", { name: "Perlu keputusan" });
  await expect(open).toContainText("Dibayar setelah dibatalkan");
  await expectFitForAll(office);
  await open.getByRole("textbox").fill("Barang tetap dikirim.");
  await open.getByRole("button", { name: "Tutup kasus" }).click();
  await expect(open).toContainText("Barang tetap dikirim.");
  await expect(open.getByRole("button", { name: "Tutup kasus" })).toHaveCount(0);
  await expect.poll(async () => (await statusOf(page, orderId))["underReview"]).toBe(false);
});

/** Chooses a method at the checkout that is open. @returns the code */
async function payBy(page: Page, method: "Alfamart" | "Indomaret", shopper: Shopper): Promise<string> {
  await fillForCounter(page, method, shopper);
  await submitButton(page).click();
  await expect(page.getByRole("heading", { name: `Bayar di ${method}` })).toBeVisible();
  return shownCode(page);
}

/** The case of an order as its page shows it. */
const caseOnOrder = (office: Page) => office.getByRole("region", { name: "Perlu keputusan" });

async function closeCase(found: Locator, note: string): Promise<void> {
  await found.getByRole("textbox").fill(note);
  await found.getByRole("button", { name: "Tutup kasus" }).click();
}

test("the code that was left is paid as well: paid once for the shopper, and all the money is the merchant's to see", async ({
  page,
  openPhone,
  shopper,
  simulator,
}) => {
  // DOKU cancels no code of Indomaret's: it stays payable.
  const { orderId, code: left } = await getCode(page, shopper, { method: "Indomaret" });
  await changeMethod(page);
  await simulator.payAtTill(await payBy(page, "Alfamart", shopper));
  await expectPaidAtOnce(page);
  await simulator.payAtTill(left);
  await page.reload();
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
  await expect(page.getByText(id.underReviewPaid)).toBeVisible();
  await expect(inState(page, "paid")).toContainText("Rp92.000");
  await expect(inState(page, "paid")).not.toContainText("Rp184.000");
  await expectFitForAll(page);
  const seen = { status: "paid", channel: "alfa", amount: 92_000 };
  expect(await statusOf(page, orderId)).toMatchObject({ ...seen, underReview: true });

  const office = await openOffice(openPhone);
  const open = caseOf(office, orderId);
  await openCases(office, open);
  await expect(open).toContainText("Dibayar dua kali");
  await expect(open).toContainText("pembayaran Rp92.000 lagi");
  await expect(open).toContainText("Uang tercatat masuk: Rp184.000.");
  await expectFitForAll(office);
  await open.getByRole("link").click();
  await office.waitForURL(new RegExp(`/dashboard/orders/${orderId}`));
  await expect(caseOnOrder(office)).toContainText("Uang tercatat masuk: Rp184.000.");
  const money = office.getByRole("region", { name: "Uang masuk" });
  await expect(money.getByText("Rp92.000", { exact: true })).toHaveCount(2);
  await expect(money).toContainText(/Jumlah semuanya.*Rp184\.000/);
  const attempts = office.getByRole("region", { name: "Pembayaran" });
  for (const method of ["Alfamart", "Indomaret"])
    await expect(attempts.locator("ol > li", { hasText: method })).toContainText("Rp92.000");
  await expectFitForAll(office);

  await closeCase(caseOnOrder(office), "Rp92.000 dikembalikan lewat transfer.");
  await expect(office.getByText("Kasus ditutup dengan catatan Anda.")).toBeVisible();
  await expect(caseOnOrder(office)).toContainText("Rp92.000 dikembalikan lewat transfer.");
  await expect(caseOnOrder(office).getByRole("button", { name: "Tutup kasus" })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
  await expect(page.getByText(id.underReviewPaid)).toHaveCount(0);
  expect(await statusOf(page, orderId)).toMatchObject({ ...seen, underReview: false });
});

test("an answer that contradicts the request is no money: the shopper pays another way, the merchant reads DOKU's words", async ({
  page,
  openPhone,
  shopper,
  simulator,
}) => {
  await simulator.arm(shopper.name, { kind: "conflict_other_body", channel: "alfa" });
  const orderId = await order(page);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  await expect(page.getByText(id.preparing)).toBeVisible();
  const office = await openOffice(openPhone);
  const open = caseOf(office, orderId);
  await openCases(office, open);
  await expect(open).toContainText("Jawaban DOKU bertentangan");
  await expect(page.getByText(id.underReview)).toHaveCount(0);
  await expectFitForAll(page);

  await changeMethod(page);
  await simulator.payAtTill(await payBy(page, "Indomaret", shopper));
  await expectPaidAtOnce(page);
  await expect(page.getByText(id.underReviewPaid)).toHaveCount(0);
  expect(await statusOf(page, orderId)).toMatchObject({
    status: "paid",
    channel: "indomaret",
    underReview: false,
  });

  // Sent again and contradicted again meanwhile: still one case.
  await openCases(office, open);
  await expect(open).toHaveCount(1);
  await expectFitForAll(office);
  await open.getByRole("link").click();
  await office.waitForURL(new RegExp(`/dashboard/orders/${orderId}`));
  await expect(caseOnOrder(office)).toContainText("Jawaban DOKU bertentangan");
  const attempts = office.getByRole("region", { name: "Pembayaran" });
  await expect(attempts.locator("ol > li", { hasText: "Alfamart" })).toContainText(/HTTP 409.*different/);
  await expectFitForAll(office);
  await closeCase(caseOnOrder(office), "Tidak ada kode di Back Office.");
  await expect(caseOnOrder(office)).toContainText("Tidak ada kode di Back Office.");
  await expect(caseOnOrder(office).getByRole("button", { name: "Tutup kasus" })).toHaveCount(0);
});

test("a checkout that lay open while money came in leads to the payment page, and asks DOKU for nothing", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.arm(shopper.name, { kind: "wrong_amount", amount: 1_000 });
  const { orderId, code: left } = await getCode(page, shopper, { method: "Indomaret" });
  await changeMethod(page);
  await fillForCounter(page, "Alfamart", shopper);
  await simulator.payAtTill(left);
  await submitButton(page).click();
  await page.waitForURL(new RegExp(`/pay/${orderId}`));
  const title = page.getByRole("heading", { name: id.underReview });
  await expect(title).toBeVisible();
  await expectFitForAll(page);
  expect(await simulator.createCallsOf(shopper.name)).toHaveLength(1);
  // Whoever opens the checkout now is led there too.
  await page.goto(`/checkout/${orderId}`);
  await expect(title).toBeVisible();
});

test("a merchant extends and cancels a code and asks DOKU, and hears what came of it", async ({
  page,
  openPhone,
  shopper,
  simulator,
}) => {
  await simulator.arm(shopper.name, { kind: "expires_in_seconds", seconds: 600, times: 1 });
  const { orderId, code } = await getCode(page, shopper);
  const office = await openOffice(openPhone, code);
  await office.getByRole("button", { name: "Cek ke DOKU sekarang" }).click();
  await expect(
    office.getByText("Sudah ditanyakan ke DOKU. Status sekarang: menunggu dibayar."),
  ).toBeVisible();
  await office.getByRole("button", { name: "Tambah waktu" }).click();
  await expect(office.getByText("Waktunya sudah ditambah; batas yang baru ada di atas.")).toBeVisible();
  expect(Number((await statusOf(page, orderId))["secondsLeft"])).toBeGreaterThan(3500);
  await office.getByText("Batalkan kode…").click();
  await expectFitForAll(office);
  await office.getByRole("button", { name: "Ya, batalkan kode" }).click();
  await expect(office.getByText("Kode sudah dibatalkan di DOKU.")).toBeVisible();
  await expect(inState(page, "cancelled")).toBeVisible();
  await expect(office.getByRole("region", { name: "Riwayat" })).toContainText("Waktu bayar ditambah");
  await expectFitForAll(office);
});

test("DOKU's words about a refused change are the merchant's to read", async ({
  page,
  openPhone,
  shopper,
  simulator,
}) => {
  const fault = {
    kind: "refuse",
    on: "change",
    times: 1,
    code: "invalid_parameter",
    message: "code 4713 is locked",
  };
  await simulator.arm(shopper.name, fault);
  const { code } = await getCode(page, shopper);
  const office = await openOffice(openPhone, code);
  await office.getByRole("button", { name: "Tambah waktu" }).click();
  await expect(office.getByText("DOKU tidak mau.", { exact: false })).toBeVisible();
  await expect(office.getByRole("region", { name: "Pembayaran" })).toContainText("code 4713 is locked");
  await expectFitForAll(office);
  await expect(page.locator("[data-code]")).toBeVisible();
});

/** What stands in a list about one invoice that is nobody's. */
const strayOf = (office: Page, invoice: string) => office.locator("main li", { hasText: invoice }).first();

test("a signed message for nobody's order waits with the cases until it is closed with a note", async ({
  openPhone,
  shopper,
  simulator,
}) => {
  const invoice = `YATIM-${shopper.name.slice(5).toUpperCase()}`;
  await simulator.send({ invoice, copies: 3 });
  const office = await openOffice(openPhone);
  const orphan = strayOf(office, invoice);
  await openCases(office, orphan);
  await expect(orphan).toContainText("Pesan tanpa pesanan");
  await expect(orphan).toContainText("Rp150.000");
  await expect(office.getByRole("main").getByText(invoice, { exact: true })).toHaveCount(1);
  await expectFitForAll(office);
  await orphan.getByRole("button", { name: "Tutup kasus" }).click();
  await expect(orphan.getByText("Tulis dulu apa yang diputuskan.")).toBeVisible();
  await orphan.getByRole("textbox").fill("Milik toko kami yang lain.");
  await orphan.getByRole("button", { name: "Tutup kasus" }).click();
  await expect(office.getByText("Kasus ditutup dengan catatan Anda.")).toBeVisible();
  await expect(strayOf(office, invoice)).toHaveCount(0);

  await office.goto("/dashboard/notifications");
  await expect(strayOf(office, invoice)).toContainText("Milik toko kami yang lain.");
  await expect(strayOf(office, invoice)).toContainText(owner.email);
  await expectFitForAll(office);
});

test("a message for nobody's order is closed without JavaScript too", async ({
  openPhone,
  shopper,
  simulator,
}) => {
  const invoice = `YATIM-${shopper.name.slice(5).toUpperCase()}`;
  await simulator.send({ invoice });
  const office = await openPhone({ ...desk, javaScriptEnabled: false });
  await signIn(office);
  await openCases(office, strayOf(office, invoice));
  await strayOf(office, invoice).getByRole("button", { name: "Tutup kasus" }).click();
  await expect(strayOf(office, invoice)).toContainText("Tulis dulu apa yang diputuskan.");
  await strayOf(office, invoice).getByRole("textbox").fill("Dicatat.");
  await strayOf(office, invoice).getByRole("button", { name: "Tutup kasus" }).click();
  await expect(office.getByText("Kasus ditutup dengan catatan Anda.")).toBeVisible();
  await expect(strayOf(office, invoice)).toHaveCount(0);
});

test("nobody reads the cases without signing in", async ({ request }) => {
  const answer = await request.get("/dashboard/cases", { maxRedirects: 0 });
  expect([303, 307]).toContain(answer.status());
  expect(answer.headers()["location"]).toMatch(/^\/sign-in/);
});
