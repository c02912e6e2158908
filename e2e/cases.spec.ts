import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { owner } from "./credentials";
import { desktop, listed, openOffice, search, signIn } from "./dashboard";
import { expect, test, type Shopper } from "./fixtures";
import type { Simulator } from "./simulator";
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
import { id } from "./copy";

const acceptLabel = "Terima sebagai lunas";
const returnLabel = "Uang sudah dikembalikan";
const noteLabel = "Hanya dicatat";
const closedNotice = "Kasus ditutup dengan keputusan dan catatan Anda.";

/** Clicks the card, which is the radio button's label. */
async function decide(found: Locator, label: string): Promise<void> {
  await found.locator("label", { hasText: label }).click();
  await expect(found.getByRole("radio", { name: label })).toBeChecked();
}

/** The case of one order in the list. */
const findCase = (office: Page, orderId: string) =>
  office.locator("main li", { has: office.locator(`a[href="/dashboard/orders/${orderId}"]`) });

/** Opens the list and goes to later pages until the case is there: the newest is last, and other tests leave cases open. */
async function openCases(office: Page, item: Locator): Promise<void> {
  await office.goto("/dashboard/cases");
  for (let turned = 0; turned < 20 && (await item.count()) === 0; turned += 1) {
    const before = office.url();
    await office.getByRole("link", { name: "Berikutnya →" }).click();
    await office.waitForURL((url) => url.href !== before);
  }
}

/** Rp1.000 is reported for a code of Rp92.000, and DOKU's status, which is asked at once, says nothing of it. */
async function payOtherAmount(page: Page, shopper: Shopper, simulator: Simulator) {
  await simulator.addFault(shopper.name, { kind: "wrong_amount", amount: 1_000 });
  await simulator.addFault(shopper.name, { kind: "status_404" });
  const { orderId, code } = await getCode(page, shopper);
  const { notification } = await simulator.payAtTill(code);
  await expect(page.getByText(id.underReview, { exact: true })).toBeVisible();
  await expect(page.getByText("Diterima Rp1.000 dari Rp92.000")).toBeVisible();
  return { orderId, notification };
}

test("a payment of another amount opens a case, and staff accept it as paid with a note @core", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const { orderId, notification } = await payOtherAmount(page, shopper, simulator);
  await expect(page.getByRole("button", { name: id.checkNow })).toHaveCount(0);

  const office = await openOffice(openPage);
  await office
    .getByRole("link", { name: /^Perlu keputusan/ })
    .first()
    .click();
  await office.waitForURL(/\/dashboard\/cases/);
  const open = findCase(office, orderId);
  await openCases(office, open);
  await expect(open).toContainText("Rp1.000");
  await expect(open).toContainText("Rp92.000");
  await expectAccessible(office);

  // A decision and a note are required.
  await open.getByRole("button", { name: "Tutup kasus" }).click();
  await expect(open.getByText("Pilih dulu keputusannya.")).toBeVisible();
  await expect(open.getByRole("radio", { name: acceptLabel })).toBeFocused();
  await decide(open, acceptLabel);
  await open.getByRole("button", { name: "Tutup kasus" }).click();
  await expect(open.getByText("Tulis dulu apa yang diputuskan.")).toBeVisible();
  await expect(open.getByRole("textbox")).toBeFocused();
  await expect(open.getByRole("radio", { name: acceptLabel })).toBeChecked();
  await expectAccessible(office);
  await open.getByRole("textbox").fill("Sisanya dibayar tunai.");
  await open.getByRole("button", { name: "Tutup kasus" }).click();
  await expect(office.getByText(closedNotice)).toBeVisible();
  await expect(findCase(office, orderId)).toHaveCount(0);
  await search(office, shopper.name);
  await expect(listed(office)).toContainText("masuk Rp1.000");

  await office.goto(`/dashboard/orders/${orderId}`);
  const decided = office.getByRole("region", { name: "Perlu keputusan" });
  await expect(decided).toContainText("Diterima sebagai lunas.");
  await expect(decided).toContainText("Sisanya dibayar tunai.");
  await expect(decided).toContainText(owner.email);
  await expect(office.getByRole("main")).toContainText("Diterima Rp1.000 dari Rp92.000");
  await expectPaidAtOnce(page);
  await expect(paymentInState(page, "paid")).toContainText("Diterima Rp1.000 dari Rp92.000");
  const paid = { status: "paid", received: 1_000, underReview: false };
  expect(await fetchStatus(page, orderId)).toMatchObject(paid);

  // The same notification again does not open the case again.
  const { attempts } = await simulator.retryNotification(notification.id);
  expect(attempts.at(-1)).toMatchObject({ status: 200 });
  await office.reload();
  await expect(decided.getByRole("button", { name: "Tutup kasus" })).toHaveCount(0);
  await expect(office.getByRole("region", { name: "Uang masuk" }).getByText("Rp1.000")).toHaveCount(1);
  expect(await fetchStatus(page, orderId)).toMatchObject(paid);
});

test("after staff returned money of another amount its code is gone for good, and the shopper gets a new one", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const { orderId } = await payOtherAmount(page, shopper, simulator);
  const office = await openOffice(openPage);
  await office.goto(`/dashboard/orders/${orderId}`);
  const open = findCaseOnOrder(office);
  await expect(open.getByLabel("Caranya")).toBeHidden();
  await decide(open, returnLabel);
  await open.getByLabel("Catatan").fill("Pelanggan minta uangnya kembali.");
  await open.getByRole("button", { name: "Tutup kasus" }).click();
  await expect(open.getByText("Tulis bagaimana uangnya dikembalikan.")).toBeVisible();
  await expect(open.getByLabel("Caranya")).toBeFocused();
  await expectAccessible(office);
  await open.getByLabel("Caranya").fill("Transfer BCA");
  await open.getByRole("button", { name: "Tutup kasus" }).click();
  await expect(open).toContainText(/Uang dikembalikan .*: Transfer BCA\./);
  await expect(office.getByRole("region", { name: "Uang masuk" })).toContainText("−Rp1.000");
  await expect.poll(async () => (await fetchStatus(page, orderId))["status"]).toBe("unstarted");
  await expect(page.locator("[data-code]")).toHaveCount(0);
  await page.goto(`/checkout/${orderId}`);
  await payWith(page, "Indomaret", shopper);
});

test("DOKU is asked at once about another amount, and its answer pays the order and closes the case", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "wrong_amount", amount: 1_000 });
  const { orderId, code } = await getCode(page, shopper);
  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await expect(page.getByText("Diterima Rp1.000")).toHaveCount(0);
  const office = await openOffice(openPage);
  await office.goto(`/dashboard/orders/${orderId}`);
  await expect(findCaseOnOrder(office)).toContainText("Tertutup sendiri");
  await expect(findCaseOnOrder(office).getByRole("button", { name: "Tutup kasus" })).toHaveCount(0);
});

test("a payment that arrives before the cancellation makes the order paid and opens a case, which staff close with a note", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "pay_after_delete" });
  const { orderId, code } = await getCode(page, shopper);
  const office = await openOffice(openPage, code);
  await cancel(page);
  await expect(paymentInState(page, "cancelled")).toBeVisible();

  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await expect(page.getByText(id.underReviewPaid)).toBeVisible();
  expect(await fetchStatus(page, orderId)).toMatchObject({ status: "paid", underReview: true });

  // The staff's page shows it without a reload.
  const open = office.getByRole("region", { name: "Perlu keputusan" });
  await expect(open).toContainText("Dibayar setelah dibatalkan");
  await expectAccessible(office);
  await decide(open, acceptLabel);
  await open.getByRole("textbox").fill("Barang tetap dikirim.");
  await open.getByRole("button", { name: "Tutup kasus" }).click();
  await expect(open).toContainText("Barang tetap dikirim.");
  await expect(open.getByRole("button", { name: "Tutup kasus" })).toHaveCount(0);
  await expect.poll(async () => (await fetchStatus(page, orderId))["underReview"]).toBe(false);
});

/** Pays by a method at the open checkout. @returns the code */
async function payWith(page: Page, method: "Alfamart" | "Indomaret", shopper: Shopper): Promise<string> {
  await fillForCounter(page, method, shopper);
  await submitButton(page).click();
  await expect(page.getByRole("heading", { name: `Bayar di ${method}` })).toBeVisible();
  return shownCode(page);
}

/** The case of an order as its page shows it. */
const findCaseOnOrder = (office: Page) => office.getByRole("region", { name: "Perlu keputusan" });

/** @param how how money was returned; undefined where nothing is to be chosen */
async function closeCase(found: Locator, note: string, how?: string): Promise<void> {
  if (how !== undefined) {
    await decide(found, returnLabel);
    await found.getByLabel("Caranya").fill(how);
  }
  await found.getByLabel("Catatan").fill(note);
  await found.getByRole("button", { name: "Tutup kasus" }).click();
}

test("when the old code is paid as well, the shopper sees one payment and staff see all the money", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  // Indomaret's codes cannot be cancelled and stay payable.
  const { orderId, code: left } = await getCode(page, shopper, { method: "Indomaret" });
  await changeMethod(page);
  await simulator.payAtTill(await payWith(page, "Alfamart", shopper));
  await expectPaidAtOnce(page);
  await simulator.payAtTill(left);
  await page.reload();
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
  await expect(page.getByText(id.underReviewPaid)).toBeVisible();
  await expect(paymentInState(page, "paid")).toContainText("Rp92.000");
  await expect(paymentInState(page, "paid")).not.toContainText("Rp184.000");
  await expectAccessible(page);
  const seen = { status: "paid", channel: "alfa", amount: 92_000 };
  expect(await fetchStatus(page, orderId)).toMatchObject({ ...seen, underReview: true });

  const office = await openOffice(openPage);
  const open = findCase(office, orderId);
  await openCases(office, open);
  await expect(open).toContainText("Dibayar dua kali");
  await expect(open).toContainText("pembayaran Rp92.000 lagi");
  await expect(open).toContainText("Uang tercatat masuk: Rp184.000.");
  await expectAccessible(office);
  await open.getByRole("link").click();
  await office.waitForURL(new RegExp(`/dashboard/orders/${orderId}`));
  await expect(findCaseOnOrder(office)).toContainText("Uang tercatat masuk: Rp184.000.");
  const money = office.getByRole("region", { name: "Uang masuk" });
  await expect(money.getByText("Rp92.000", { exact: true })).toHaveCount(2);
  await expect(money).toContainText(/Jumlah semuanya.*Rp184\.000/);
  const attempts = office.getByRole("region", { name: "Pembayaran" });
  for (const method of ["Alfamart", "Indomaret"])
    await expect(attempts.locator("ol > li", { hasText: method })).toContainText("Rp92.000");
  await expectAccessible(office);

  await closeCase(findCaseOnOrder(office), "Pelanggan sudah diberi tahu.", "Transfer BCA");
  await expect(office.getByText(closedNotice)).toBeVisible();
  await expect(findCaseOnOrder(office)).toContainText("Pelanggan sudah diberi tahu.");
  await expect(findCaseOnOrder(office).getByRole("button", { name: "Tutup kasus" })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
  await expect(page.getByText(id.underReviewPaid)).toHaveCount(0);
  expect(await fetchStatus(page, orderId)).toMatchObject({ ...seen, underReview: false });
});

test("after a response that contradicts the request the shopper pays another way, and staff read DOKU's message", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "conflict_other_body", channel: "alfa" });
  const orderId = await order(page);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  await expect(page.getByText(id.preparing)).toBeVisible();
  const office = await openOffice(openPage);
  const open = findCase(office, orderId);
  await openCases(office, open);
  await expect(open).toContainText("Jawaban DOKU bertentangan");
  await expect(page.getByText(id.underReview)).toHaveCount(0);
  await expectAccessible(page);

  await changeMethod(page);
  await simulator.payAtTill(await payWith(page, "Indomaret", shopper));
  await expectPaidAtOnce(page);
  await expect(page.getByText(id.underReviewPaid)).toHaveCount(0);
  expect(await fetchStatus(page, orderId)).toMatchObject({
    status: "paid",
    channel: "indomaret",
    underReview: false,
  });

  // The request was sent again and contradicted again, but there is one case.
  await openCases(office, open);
  await expect(open).toHaveCount(1);
  await expectAccessible(office);
  await open.getByRole("link").click();
  await office.waitForURL(new RegExp(`/dashboard/orders/${orderId}`));
  await expect(findCaseOnOrder(office)).toContainText("Jawaban DOKU bertentangan");
  const attempts = office.getByRole("region", { name: "Pembayaran" });
  await expect(attempts.locator("ol > li", { hasText: "Alfamart" })).toContainText(/HTTP 409.*different/);
  await expectAccessible(office);
  await closeCase(findCaseOnOrder(office), "Tidak ada kode di Back Office.");
  await expect(findCaseOnOrder(office)).toContainText("Tidak ada kode di Back Office.");
  await expect(findCaseOnOrder(office).getByRole("button", { name: "Tutup kasus" })).toHaveCount(0);
});

test("a checkout that was open while money arrived redirects to the payment page and sends no request to DOKU", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "wrong_amount", amount: 1_000 });
  await simulator.addFault(shopper.name, { kind: "status_404" });
  const { orderId, code: left } = await getCode(page, shopper, { method: "Indomaret" });
  await changeMethod(page);
  await fillForCounter(page, "Alfamart", shopper);
  await simulator.payAtTill(left);
  await submitButton(page).click();
  await page.waitForURL(new RegExp(`/pay/${orderId}`));
  const title = page.getByRole("heading", { name: id.underReview });
  await expect(title).toBeVisible();
  await expectAccessible(page);
  expect(await simulator.listCreateCalls(shopper.name)).toHaveLength(1);
  // Opening the checkout now redirects too.
  await page.goto(`/checkout/${orderId}`);
  await expect(title).toBeVisible();
});

test("staff check, extend and cancel a code and see the result of each", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "expires_in_seconds", seconds: 600, times: 1 });
  const { orderId, code } = await getCode(page, shopper);
  const office = await openOffice(openPage, code);
  await office.getByRole("button", { name: "Cek ke DOKU sekarang" }).click();
  await expect(
    office.getByText("Sudah ditanyakan ke DOKU. Status sekarang: menunggu dibayar."),
  ).toBeVisible();
  await office.getByRole("button", { name: "Tambah waktu" }).click();
  await expect(office.getByText("Waktunya sudah ditambah; batas yang baru ada di atas.")).toBeVisible();
  expect(Number((await fetchStatus(page, orderId))["secondsLeft"])).toBeGreaterThan(3500);
  await office.getByText("Batalkan kode…").click();
  await expectAccessible(office);
  await office.getByRole("button", { name: "Ya, batalkan kode" }).click();
  await expect(office.getByText("Kode sudah dibatalkan di DOKU.")).toBeVisible();
  await expect(paymentInState(page, "cancelled")).toBeVisible();
  await expect(office.getByRole("region", { name: "Riwayat" })).toContainText("Waktu bayar ditambah");
  await expectAccessible(office);
});

test("shows staff DOKU's message about a refused change", async ({ page, openPage, shopper, simulator }) => {
  const fault = {
    kind: "refuse",
    on: "change",
    times: 1,
    code: "invalid_parameter",
    message: "code 4713 is locked",
  };
  await simulator.addFault(shopper.name, fault);
  const { code } = await getCode(page, shopper);
  const office = await openOffice(openPage, code);
  await office.getByRole("button", { name: "Tambah waktu" }).click();
  await expect(office.getByText("DOKU tidak mau.", { exact: false })).toBeVisible();
  await expect(office.getByRole("region", { name: "Pembayaran" })).toContainText("code 4713 is locked");
  await expectAccessible(office);
  await expect(page.locator("[data-code]")).toBeVisible();
});

/** The list item of an orphan. */
const findOrphan = (office: Page, invoice: string) => office.locator("main li", { hasText: invoice }).first();

test("an orphan opens one case, which staff close with a note", async ({ openPage, shopper, simulator }) => {
  const invoice = `YATIM-${shopper.name.slice(5).toUpperCase()}`;
  await simulator.sendNotification({ invoice, copies: 3 });
  const office = await openOffice(openPage);
  const orphan = findOrphan(office, invoice);
  await openCases(office, orphan);
  await expect(orphan).toContainText("Pesan tanpa pesanan");
  await expect(orphan).toContainText("Rp150.000");
  await expect(office.getByRole("main").getByText(invoice, { exact: true })).toHaveCount(1);
  await expectAccessible(office);
  await orphan.getByRole("button", { name: "Tutup kasus" }).click();
  await expect(orphan.getByText("Pilih dulu keputusannya.")).toBeVisible();
  await decide(orphan, noteLabel);
  await orphan.getByRole("textbox").fill("Milik toko kami yang lain.");
  await orphan.getByRole("button", { name: "Tutup kasus" }).click();
  await expect(office.getByText(closedNotice)).toBeVisible();
  await expect(findOrphan(office, invoice)).toHaveCount(0);

  await office.goto("/dashboard/notifications");
  await expect(findOrphan(office, invoice)).toContainText("Milik toko kami yang lain.");
  await expect(findOrphan(office, invoice)).toContainText(owner.email);
  await expectAccessible(office);
});

test("staff close the case of an orphan without JavaScript", async ({ openPage, shopper, simulator }) => {
  const invoice = `YATIM-${shopper.name.slice(5).toUpperCase()}`;
  await simulator.sendNotification({ invoice });
  const office = await openPage({ ...desktop, javaScriptEnabled: false });
  await signIn(office);
  await openCases(office, findOrphan(office, invoice));
  await findOrphan(office, invoice).getByRole("button", { name: "Tutup kasus" }).click();
  await expect(findOrphan(office, invoice)).toContainText("Pilih dulu keputusannya.");
  await decide(findOrphan(office, invoice), noteLabel);
  await findOrphan(office, invoice).getByRole("textbox").fill("Dicatat.");
  await findOrphan(office, invoice).getByRole("button", { name: "Tutup kasus" }).click();
  await expect(office.getByText(closedNotice)).toBeVisible();
  await expect(findOrphan(office, invoice)).toHaveCount(0);
});

test("redirects from the cases to the sign-in without a session", async ({ request }) => {
  const answer = await request.get("/dashboard/cases", { maxRedirects: 0 });
  expect([303, 307]).toContain(answer.status());
  expect(answer.headers()["location"]).toMatch(/^\/sign-in/);
});
