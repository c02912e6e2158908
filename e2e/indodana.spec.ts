import { expectAccessible } from "./accessibility";
import { openOffice, openOrder } from "./dashboard";
import { expect, test } from "./fixtures";
import {
  expectPaidAtOnce,
  fillForCounter,
  fillForIndodana,
  goToIndodana,
  paymentInState,
  order,
  products,
  shownCode,
  fetchStatus,
  submitButton,
} from "./shopping";
import { id } from "./copy";

test("a shopper approves at Indodana, comes back and is paid @core", async ({ page, shopper }) => {
  const orderId = await goToIndodana(page, shopper);
  await page.getByRole("button", { name: /Setujui/ }).click();
  await page.waitForURL(new RegExp(`/pay/${orderId}/return`));
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
  await expect(page.getByText("Indodana").first()).toBeVisible();
});

test("sends DOKU the billing and the shipping address", async ({ page, shopper, simulator }) => {
  await order(page);
  await fillForIndodana(page, shopper);
  await page.getByRole("checkbox", { name: "Kirim ke alamat tagihan" }).uncheck();
  await page.locator("#shipAddress").fill("Jalan Slamet Riyadi 7");
  await page.locator("#shipCity").fill("Surakarta");
  await page.locator("#shipPostalCode").fill("57111");
  await submitButton(page).click();
  await page.waitForURL(/\/indodana\/pay\//);

  const [firstName = "", lastName = ""] = shopper.name.split(" ");
  const who = { first_name: firstName, last_name: lastName, phone: `62${shopper.phone.slice(1)}` };
  const [sent] = await simulator.listCreateCalls(shopper.email);
  const requestBody = JSON.parse(sent?.body ?? "{}");
  expect(requestBody).toMatchObject({
    billing_address: { ...who, city: "Yogyakarta", postal_code: "55271", country_code: "IDN" },
    shipping_address: {
      ...who,
      address: "Jalan Slamet Riyadi 7",
      city: "Surakarta",
      postal_code: "57111",
      country_code: "IDN",
    },
  });
  const [line] = requestBody.order.line_items;
  expect(line).toMatchObject({ category: "food-and-beverage", type: "goods" });
  const picture = await page.request.get(line.image_url);
  expect(picture.headers()).toMatchObject({
    "content-type": "image/svg+xml",
    "cross-origin-resource-policy": "cross-origin",
    "x-content-type-options": "nosniff",
  });
  expect(await picture.text()).toMatch(/^<svg .*<path .*<\/svg>$/);
});

test("sends no shipping address for goods that are not shipped", async ({ page, shopper, simulator }) => {
  await order(page, { product: products.voucher });
  await fillForIndodana(page, shopper);
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await submitButton(page).click();
  await page.waitForURL(/\/indodana\/pay\//);
  const [sent] = await simulator.listCreateCalls(shopper.email);
  const requestBody = JSON.parse(sent?.body ?? "{}");
  expect(requestBody).toHaveProperty("billing_address.city", "Yogyakarta");
  expect(requestBody).not.toHaveProperty("shipping_address");
});

test("shows that Indodana declined the order, and a later approval still pays it", async ({
  page,
  shopper,
  simulator,
}) => {
  const orderId = await goToIndodana(page, shopper);
  await page.getByRole("button", { name: /Tolak/ }).click();
  await page.waitForURL(/\/return/);
  await expect(page.getByRole("heading", { name: id.declined })).toBeVisible();
  await expectAccessible(page);
  await expect(page.getByRole("link", { name: "Pilih cara bayar" })).toHaveAttribute(
    "href",
    `/checkout/${orderId}`,
  );
  const [made] = await simulator.listOrders(shopper.name);
  await simulator.decideAtIndodana(made?.invoice ?? "", "approve");
  await expectPaidAtOnce(page);
});

test("a shopper who cancels at Indodana can continue there or choose another method", async ({
  page,
  shopper,
}) => {
  const orderId = await goToIndodana(page, shopper);
  await page.getByRole("button", { name: /Batal/ }).click();
  await page.waitForURL(new RegExp(`/pay/${orderId}/cancelled`));
  await expect(page.getByText(/belum ada yang ditagihkan/)).toBeVisible();
  expect(await fetchStatus(page, orderId)).toMatchObject({ status: "awaiting_payment" });
  await expectAccessible(page);
  await page.getByRole("link", { name: "Lanjut ke Indodana" }).click();
  await page.waitForURL(/\/indodana\/pay\//);
  await page.goBack();
  await page.getByRole("button", { name: "Ya, ganti cara bayar" }).click();
  await page.waitForURL(new RegExp(`/checkout/${orderId}`));
});

test("Back from Indodana's page leads to the shop's page, which does not redirect again", async ({
  page,
  shopper,
}) => {
  const orderId = await goToIndodana(page, shopper);
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/(pay|checkout)/${orderId}`));
  await page.goto(`/pay/${orderId}`);
  await expect(paymentInState(page, "awaiting_payment")).toBeVisible();
  await expect(page.getByRole("link", { name: "Lanjut ke Indodana" })).toBeVisible();
});

test("a made-up result in the return URL changes nothing", async ({ page, shopper }) => {
  const orderId = await goToIndodana(page, shopper);
  await page.goto(`/pay/${orderId}/return?transactionStatus=SUCCESS&status=paid`);
  await expect(page.getByText(/Kami menunggu kabar dari Indodana/)).toBeVisible();
  expect(await fetchStatus(page, orderId)).toMatchObject({ status: "awaiting_payment" });
});

test("names an invalid phone number and e-mail address, keeps what was typed and starts no payment", async ({
  page,
  shopper,
  simulator,
}) => {
  const orderId = await order(page);
  await fillForIndodana(page, shopper);
  await page.locator("#phone").fill("12345");
  await page.locator("#email").fill("sari@@example");
  await submitButton(page).click();

  await expect(page.locator("#phone")).toHaveAccessibleDescription(/Periksa nomor HP/);
  await expect(page.locator("#email")).toHaveAccessibleDescription(/Periksa alamat e-mail/);
  await expect(page.locator("#phone")).toBeFocused();
  await expect(page.locator("[aria-invalid=true]")).toHaveCount(2);
  await expect(page.getByRole("radio", { name: "Indodana" })).toBeChecked();
  await expect(page.locator("#name")).toHaveValue(shopper.name);
  await expect(page.locator("#phone")).toHaveValue("12345");
  await expect(page.locator("#email")).toHaveValue("sari@@example");
  await expect(page.locator("#city")).toHaveValue("Yogyakarta");
  await expectAccessible(page);
  expect(await fetchStatus(page, orderId)).toMatchObject({ status: "unstarted" });
  expect(await simulator.listOrders(shopper.name)).toEqual([]);

  await page.locator("#phone").fill(shopper.phone);
  await page.locator("#email").fill(shopper.email);
  await submitButton(page).click();
  await page.waitForURL(/\/indodana\/pay\//);
  expect(await simulator.listOrders(shopper.name)).toHaveLength(1);
});

test("a refund is found by a status check of staff, and both pages show it", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const orderId = await goToIndodana(page, shopper);
  const [made] = await simulator.listOrders(shopper.name);
  const invoice = made?.invoice ?? "";
  const office = await openOffice(openPage);
  await openOrder(office, invoice);
  // From the response to the request; the notification contains it again.
  await expect(office.getByText(`INDODANA_ORDER_ID: ${invoice}`)).toBeVisible();
  await simulator.decideAtIndodana(invoice, "approve");
  await page.goto(`/pay/${orderId}`);
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();

  // DOKU sends no notification of a refund; only the status check reports it.
  await simulator.decideAtIndodana(invoice, "refund");
  await office.getByRole("button", { name: "Cek ke DOKU sekarang" }).click();
  await expect(office.getByText("Sudah ditanyakan ke DOKU. Status sekarang: dikembalikan.")).toBeVisible();
  await expect(office.getByText("Dikembalikan", { exact: true }).first()).toBeVisible();
  await expectAccessible(office);
  await page.goto(`/pay/${orderId}`);
  await expect(page.getByRole("heading", { name: "Dana dikembalikan" })).toBeVisible();
  expect(await fetchStatus(page, orderId)).toMatchObject({ status: "refunded" });
  await expectAccessible(page);
});

test("offers another method when DOKU answers 200 with a failed payment", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "payment_failed", times: 1 });
  const orderId = await order(page);
  await fillForIndodana(page, shopper);
  await submitButton(page).click();
  // The response is a 200, but its status is FAILED.
  await expect(page.getByText(id.refused)).toBeVisible();
  expect(new URL(page.url()).pathname).toBe(`/checkout/${orderId}`);
  expect(await simulator.listOrders(shopper.name)).toMatchObject([{ state: "FAILED" }]);
  await expectAccessible(page);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  await simulator.payAtTill(await shownCode(page));
  await expectPaidAtOnce(page);
});
