import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { openOffice } from "./dashboard";
import type { Shopper } from "./fixtures";
import { saveLogo, getWidth } from "./logo";
import { expect, test } from "./mail-shop";
import { expectPaidAtOnce, fillForCounter, order, shownCode, submitButton } from "./shopping";

/** One worker, and so one shop with its PostgreSQL. */
test.describe.configure({ mode: "default" });

/** Orders with an e-mail address and waits for the code. */
async function getCodeWithEmail(page: Page, shopper: Shopper): Promise<{ orderId: string; code: string }> {
  const orderId = await order(page);
  await fillForCounter(page, "Alfamart", shopper);
  await page.locator("#email").fill(shopper.email);
  await submitButton(page).click();
  return { orderId, code: await shownCode(page) };
}

const listEmails = (office: Page) => office.getByRole("region", { name: "E-mail ke pelanggan" });

const inGroups = (code: string) => code.replaceAll(/(\d{4})(?=\d)/g, "$1 ");

test("a shopper gets the code, a reminder that can be declined, and the receipt by e-mail", async ({
  page,
  openPage,
  shopper,
  simulator,
  mail,
  endWait,
}) => {
  const { orderId, code } = await getCodeWithEmail(page, shopper);
  const list = () => mail.listFor(shopper.email);
  const listSubjects = () => list().map(({ headers }) => headers["subject"]);
  await expect.poll(listSubjects).toEqual([expect.stringMatching(/^Kode bayar Rp[\d.]+ untuk Toko Senja$/)]);
  const [made] = list();
  // The same words and digits as on the page.
  for (const words of [inGroups(code), shopper.name, page.url().replace(/\?.*/, "")])
    expect(made?.text).toContain(words);
  const deadline = (await page.locator("time").first().textContent()) ?? "?";
  expect(made?.text).toContain(deadline.slice(-9));
  expect(made?.headers["list-unsubscribe"]).toBeUndefined();

  await endWait(shopper.email);
  await expect.poll(listSubjects).toContainEqual(expect.stringMatching(/^Segera bayar/));
  const [, reminder] = list();
  const [, unsubscribeUrl = ""] = /<(.+)>/.exec(reminder?.headers["list-unsubscribe"] ?? "") ?? [];
  const [link = ""] = /http\S+\/reminders\/\S+/.exec(reminder?.text ?? "") ?? [];

  // By a mail program, without cookies; then undone and stopped again by the shopper, whose browser runs no scripts.
  const body = "List-Unsubscribe=One-Click";
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  expect((await fetch(unsubscribeUrl, { method: "POST", headers, body })).status).toBe(200);
  expect((await fetch(`${unsubscribeUrl}A`, { method: "POST", headers, body })).status).toBe(404);
  const plain = await openPage({ javaScriptEnabled: false });
  await plain.goto(`${link}A`);
  await expect(plain.getByRole("heading", { name: "Tautan ini tidak berlaku lagi" })).toBeVisible();
  await plain.goto(link);
  await expect(plain.getByText("tidak dikirimi pengingat lagi")).toBeVisible();
  expect(await plain.content()).not.toContain(shopper.email);
  await plain.getByRole("button", { name: "Kirim pengingat lagi" }).click();
  await expect(plain.getByText("Kami mengingatkan alamat ini")).toBeVisible();
  await page.goto(link);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Hentikan pengingat" }).click();
  await expect(page.getByText("tidak dikirimi pengingat lagi")).toBeVisible();
  await expectAccessible(page);

  await page.goto(`/pay/${orderId}`);
  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await expect.poll(listSubjects).toContainEqual("Pembayaran ke Toko Senja diterima");
  expect(list()).toHaveLength(3);
  expect(list().at(-1)?.text).toContain("Terima kasih. Pesanan Anda sudah lunas.");

  // It holds for the next order too.
  const next = await getCodeWithEmail(page, shopper);
  await expect.poll(() => list().length).toBe(4);
  await endWait(shopper.email);
  const office = await openOffice(openPage);
  await expect(async () => {
    await office.goto(`/dashboard/orders/${next.orderId}`);
    await expect(listEmails(office)).toContainText("pelanggan tidak mau diingatkan", { timeout: 1000 });
  }).toPass();
  expect(list()).toHaveLength(4);
});

test("an e-mail brings the merchant's logo along and loads nothing", async ({
  page,
  openPage,
  shopper,
  mail,
}) => {
  const office = await openOffice(openPage);
  await office.goto("/dashboard/appearance");
  await saveLogo(office);
  await getCodeWithEmail(page, shopper);
  await expect.poll(() => mail.listFor(shopper.email)).toHaveLength(1);
  const [{ html, logo } = { html: "", logo: undefined }] = mail.listFor(shopper.email);
  const reader = await openPage();
  const requests: string[] = [];
  reader.on("request", (request) => requests.push(request.url()));
  // As a mail program does it.
  const picture = `data:image/png;base64,${logo?.content.toString("base64")}`;
  await reader.setContent(html.replaceAll(logo?.src ?? "?", picture));
  await expect(reader.getByRole("img", { name: "Toko Senja" })).toBeVisible();
  expect(await getWidth(reader, "img")).toBe(600);
  expect(requests.filter((url) => url !== picture)).toEqual([]);
  await office.getByRole("button", { name: "Hapus logo" }).click();
  await expect(office.getByText("Logo dihapus.")).toBeVisible();
});

test("a mail server that is away holds up no payment, and its e-mail comes once when it is back", async ({
  page,
  openPage,
  shopper,
  simulator,
  mail,
  endWait,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(/"email_failed"/);
  await mail.close();
  const { code } = await getCodeWithEmail(page, shopper);
  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  const office = await openOffice(openPage, shopper.name);
  const emails = listEmails(office);
  await expect(async () => {
    await office.reload();
    await expect(emails).toContainText("server e-mail tidak bisa dihubungi", { timeout: 1000 });
  }).toPass();

  await mail.open();
  await endWait(shopper.email);
  const listSubjects = () => mail.listFor(shopper.email).map(({ headers }) => headers["subject"]);
  await expect.poll(listSubjects).toEqual(["Pembayaran ke Toko Senja diterima"]);
  await expect(async () => {
    await office.reload();
    await expect(emails.getByText("Terkirim")).toHaveCount(1, { timeout: 1000 });
    await expect(emails.getByText("Tidak dikirim", { exact: true })).toHaveCount(2, { timeout: 1000 });
  }).toPass();
  await expectAccessible(office);
  expect(listSubjects()).toHaveLength(1);
});

test("e-mails are in English for a shopper who used the checkout in English", async ({
  openPage,
  shopper,
  mail,
}) => {
  const page = await openPage({ locale: "en-GB" });
  await order(page, { language: "en" });
  await fillForCounter(page, "Alfamart", shopper);
  await page.locator("#email").fill(shopper.email);
  await submitButton(page).click();
  await expect
    .poll(() => mail.listFor(shopper.email).map(({ headers }) => headers["subject"]))
    .toEqual([expect.stringMatching(/^Payment code: IDR [\d,]+ for Toko Senja$/)]);
});
