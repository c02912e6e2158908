import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { id } from "./copy";
import { expect, test } from "./fixtures";
import type { Shopper } from "./fixtures";
import { cancel, fillForCounter, getCode, order, shownCode, submitButton } from "./shopping";

/** Everything that a page says and carries, what is hidden and what scripts read included. */
const readWhole = async (page: Page) => decodeURIComponent((await page.content()).replaceAll("%", "%25"));

const listPersonal = ({ name, phone, email }: Shopper) => [name, name.split(" ")[0] ?? "", phone, email];

test("a shared link shows what the till needs and nothing personal, and its holder cannot end the code", async ({
  page,
  openPage,
  shopper,
}) => {
  const orderId = await order(page);
  await fillForCounter(page, "Alfamart", shopper);
  await page.locator("#phone").fill(shopper.phone);
  await page.locator("#email").fill(shopper.email);
  await submitButton(page).click();
  const code = await shownCode(page);

  const friend = await openPage();
  for (const path of [`/pay/${orderId}`, `/pay/${orderId}/return`, `/checkout/${orderId}`]) {
    await friend.goto(path);
    expect(await shownCode(friend)).toBe(code);
    const whole = await readWhole(friend);
    for (const personal of listPersonal(shopper)) expect(whole, path).not.toContain(personal);
  }
  await expect(friend.getByText("Batalkan kode", { exact: true })).toHaveCount(0);
  await friend.getByText("Ganti cara bayar atau batalkan", { exact: true }).click();
  await expectAccessible(friend);

  const answer = friend.getByLabel("Empat angka terakhir nomor HP di pesanan");
  await answer.fill(shopper.phone.slice(-4) === "0000" ? "0001" : "0000");
  await friend.getByRole("button", { name: "Lanjut" }).click();
  await expect(friend.getByText("Tidak cocok dengan pesanan ini.", { exact: false })).toBeVisible();
  expect(await shownCode(friend)).toBe(code);
  await expectAccessible(friend);

  await answer.fill(shopper.phone.slice(-4));
  await friend.getByRole("button", { name: "Lanjut" }).click();
  await cancel(friend);
  await expect(page.getByRole("heading", { name: "Pembayaran dibatalkan" })).toBeVisible();

  const stranger = await openPage();
  await stranger.goto(`/checkout/${orderId}`);
  await expect(stranger.locator("#name")).toHaveValue("");
  const whole = await readWhole(stranger);
  for (const personal of listPersonal(shopper)) expect(whole).not.toContain(personal);
  await page.goto(`/checkout/${orderId}`);
  await expect(page.locator("#name")).toHaveValue(shopper.name);
});

test("a form that ends the code does nothing in a browser that has only the link @core", async ({
  page,
  openPage,
  shopper,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  const friend = await openPage();
  await page.getByText("Batalkan kode", { exact: true }).click();
  // The shopper's own page, whose cookies are lost before the form is sent.
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Ya, batalkan kode" }).click();
  await expect(page.getByText("Halaman ini dibuka dari tautan.", { exact: false })).toBeVisible();
  await friend.goto(`/pay/${orderId}`);
  expect(await shownCode(friend)).toBe(code);
});

test("too many answers are refused for a while, and the code stays", async ({
  page,
  openPage,
  shopper,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(/proof_limited/);
  const { orderId, code } = await getCode(page, shopper);
  const friend = await openPage();
  await friend.goto(`/pay/${orderId}`);
  await friend.getByText("Ganti cara bayar atau batalkan", { exact: true }).click();
  for (let tries = 0; tries < 5; tries += 1) {
    await friend.getByLabel("Nama lengkap di pesanan").fill("Orang Lain");
    const answered = friend.waitForResponse((response) => response.request().method() === "POST");
    await friend.getByRole("button", { name: "Lanjut" }).click();
    await answered;
    // The form is empty again once the answer is there.
    await expect(friend.getByLabel("Nama lengkap di pesanan")).toHaveValue("");
    await expect(friend.getByText("Tidak cocok dengan pesanan ini.", { exact: false })).toBeVisible();
  }
  await friend.getByLabel("Nama lengkap di pesanan").fill(shopper.name);
  await friend.getByRole("button", { name: "Lanjut" }).click();
  await expect(friend.getByText("Terlalu banyak percobaan.", { exact: false })).toBeVisible();
  expect(await shownCode(friend)).toBe(code);
  // The shopper's own browser is not held up.
  await cancel(page);
  await expect(page.getByRole("heading", { name: "Pembayaran dibatalkan" })).toBeVisible();
});

const pagesOfOrder = [
  ...["", "?next=other", "?proof=needed", "?proof=wrong", "/return", "/cancelled"],
  ...["/print", "/reminder", "/receipt"],
];

test("what an order's addresses answer without cookies names no one, in whatever state the order is", async ({
  page,
  request,
  shopper,
  simulator,
}) => {
  const orderId = await order(page);
  const expectNothingPersonal = async (state: string) => {
    const paths = [
      ...pagesOfOrder.map((end) => `/pay/${orderId}${end}`),
      `/checkout/${orderId}`,
      `/api/orders/${orderId}/status`,
    ];
    for (const path of paths) {
      // What the server renders for scripts too, under its own header.
      for (const headers of [{}, { rsc: "1" }]) {
        const answer = await request.get(path, { headers });
        expect(answer.ok(), path).toBe(true);
        const whole = `${JSON.stringify(answer.headers())} ${await answer.text()}`;
        for (const personal of listPersonal(shopper))
          expect(whole, `${path}, ${state}`).not.toContain(personal);
      }
    }
  };
  const start = async () => {
    await fillForCounter(page, "Alfamart", shopper);
    await page.locator("#phone").fill(shopper.phone);
    await page.locator("#email").fill(shopper.email);
    await submitButton(page).click();
    return shownCode(page);
  };
  await start();
  await expectNothingPersonal("awaiting payment");
  await cancel(page);
  await expect(page.getByRole("heading", { name: "Pembayaran dibatalkan" })).toBeVisible();
  await expectNothingPersonal("cancelled");
  await page.goto(`/checkout/${orderId}`);
  await simulator.payAtTill(await start());
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
  await expectNothingPersonal("paid");
});
