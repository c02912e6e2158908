import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { fillForCounter, getCode, order, paymentInState, shownCode, submitButton } from "./shopping";
import { id } from "./copy";

/** All steps on the payment page; those in the other language are folded away. */
const steps = (page: Page) => page.locator("section[aria-labelledby=how-to-pay] li");
const inIndonesian = (code: string) => [
  "Datang ke gerai Alfa Group terdekat",
  "Sampaikan kepada kasir ingin membayar tagihan DOKU",
  `Sebutkan kode pembayaran ${code}`,
  "Bayar sesuai jumlah tagihan",
  "Simpan struk sebagai bukti pembayaran",
];
const inEnglish = (code: string) => [
  "Go to the nearest Alfa Group store",
  "Tell the cashier you want to pay a DOKU bill",
  `Show the payment code ${code}`,
  "Pay the exact amount",
  "Keep the receipt as proof of payment",
];
const ownText = (page: Page) => page.getByText("Saya mau bayar DOKU.");

const rememberDocument = (page: Page) => page.evaluate(() => Object.assign(window, { sameDocument: true }));
const isSameDocument = (page: Page) => page.evaluate(() => "sameDocument" in window);

test("the page shows DOKU's own steps for the code without a reload, and the other language at a tap @core", async ({
  page,
  shopper,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  await rememberDocument(page);
  const [indonesian, english] = [inIndonesian(code), inEnglish(code)];
  await expect(steps(page)).toHaveText([...indonesian, ...english]);
  expect(await isSameDocument(page)).toBe(true);
  await expect(ownText(page)).toHaveCount(0);
  await expect(page.getByText(indonesian[2] ?? "")).toBeVisible();
  await expect(page.getByText(english[2] ?? "")).toBeHidden();
  await page.getByText("In English", { exact: true }).click();
  await expect(page.getByText(english[2] ?? "")).toBeVisible();
  await expectAccessible(page);

  await page.goto(`/pay/${orderId}`);
  await page.getByRole("button", { name: /^EN:/ }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(steps(page)).toHaveText([...english, ...indonesian]);
  await expect(page.getByText(indonesian[2] ?? "")).toBeHidden();
  await page.getByText("Dalam bahasa Indonesia", { exact: true }).click();
  await expect(page.getByText(indonesian[2] ?? "")).toBeVisible();
  await expectAccessible(page);
});

test("a code that comes later brings DOKU's page and steps with it, without a reload", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "lost_answer", times: 1 });
  await order(page);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  await expect(page.getByText(id.preparing)).toBeVisible();
  await rememberDocument(page);
  const code = await shownCode(page);
  const link = page.getByRole("link", { name: /Petunjuk lengkap dari DOKU/ });
  await expect(link).toHaveAttribute("href", new RegExp(`^${simulator.address}/how-to-pay/v2/.*/${code}/`));
  await expect(page.getByText(`Sebutkan kode pembayaran ${code}`)).toBeVisible();
  expect(await isSameDocument(page)).toBe(true);
});

test("markup and scripts in DOKU's steps become plain text", async ({ page, shopper, simulator }) => {
  await simulator.addFault(shopper.name, { kind: "how_to_pay_hostile" });
  await getCode(page, shopper);
  await expect(steps(page)).toHaveText(["Datang ke kasir", "Bayar"]);
  // It has steps in one language only.
  await expect(page.getByText("In English", { exact: true })).toHaveCount(0);
  await expect(page.locator('a[href^="javascript:"], img[src="x"]')).toHaveCount(0);
  expect(await page.content()).not.toContain("alert(1)");

  await page.getByRole("button", { name: /^EN:/ }).click();
  await expect(page.getByText("Go to the counter", { exact: false })).toBeVisible();
  await page.getByText("Dalam bahasa Indonesia", { exact: true }).click();
  await expect(page.getByText("Datang ke kasir", { exact: true })).toBeVisible();
});

test("the page keeps our own text while DOKU gives no steps", async ({ page, shopper, simulator }) => {
  await simulator.addFault(shopper.name, { kind: "how_to_pay_500" });
  const { code } = await getCode(page, shopper);
  const listStatuses = async () => (await simulator.listHowToPayCalls(code)).map(({ status }) => status);
  await expect.poll(listStatuses).toContain(500);
  await page.reload();
  await expect(paymentInState(page, "awaiting_payment")).toBeVisible();
  await expect(ownText(page)).toBeVisible();
  await expect(page.getByText("In English", { exact: true })).toHaveCount(0);
  // A code that waits would be asked about again, and the last try leaves a warning in some later test.
  await simulator.payAtTill(code);
  await expect(paymentInState(page, "paid")).toBeVisible();
});
