import { expectFitForAll } from "./accessibility";
import { openOffice, openOrder } from "./dashboard";
import { expect, test } from "./fixtures";
import {
  expectPaidAtOnce,
  fillForCounter,
  fillForIndodana,
  goToIndodana,
  inState,
  order,
  products,
  shownCode,
  statusOf,
  submitButton,
} from "./shopping";
import { id } from "./copy";

test("a shopper approves at Indodana, comes back and is paid", async ({ page, shopper }) => {
  const orderId = await goToIndodana(page, shopper);
  await page.getByRole("button", { name: /Setujui/ }).click();
  await page.waitForURL(new RegExp(`/pay/${orderId}/return`));
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
  await expect(page.getByText("Indodana").first()).toBeVisible();
});

test("goods go to the address that the shopper names, and DOKU is told both", async ({
  page,
  shopper,
  simulator,
}) => {
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
  const [sent] = await simulator.createCallsOf(shopper.email);
  const told = JSON.parse(sent?.body ?? "{}");
  expect(told).toMatchObject({
    billing_address: { ...who, city: "Yogyakarta", postal_code: "55271", country_code: "IDN" },
    shipping_address: {
      ...who,
      address: "Jalan Slamet Riyadi 7",
      city: "Surakarta",
      postal_code: "57111",
      country_code: "IDN",
    },
  });
  const [line] = told.order.line_items;
  expect(line).toMatchObject({ category: "food-and-beverage", type: "goods" });
  const picture = await page.request.get(line.image_url);
  expect(picture.headers()).toMatchObject({
    "content-type": "image/svg+xml",
    "cross-origin-resource-policy": "cross-origin",
    "x-content-type-options": "nosniff",
  });
  expect(await picture.text()).toMatch(/^<svg .*<path .*<\/svg>$/);
});

test("what is not sent by post has no address to go to", async ({ page, shopper, simulator }) => {
  await order(page, { product: products.voucher });
  await fillForIndodana(page, shopper);
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await submitButton(page).click();
  await page.waitForURL(/\/indodana\/pay\//);
  const [sent] = await simulator.createCallsOf(shopper.email);
  const told = JSON.parse(sent?.body ?? "{}");
  expect(told).toHaveProperty("billing_address.city", "Yogyakarta");
  expect(told).not.toHaveProperty("shipping_address");
});

test("an order refused at Indodana says so, and a later approval still pays it", async ({
  page,
  shopper,
  simulator,
}) => {
  const orderId = await goToIndodana(page, shopper);
  await page.getByRole("button", { name: /Tolak/ }).click();
  await page.waitForURL(/\/return/);
  await expect(page.getByRole("heading", { name: id.declined })).toBeVisible();
  await expectFitForAll(page);
  await expect(page.getByRole("link", { name: "Pilih cara bayar" })).toHaveAttribute(
    "href",
    `/checkout/${orderId}`,
  );
  const [made] = await simulator.ordersOf(shopper.name);
  await simulator.decideAtIndodana(made?.invoice ?? "", "approve");
  await expectPaidAtOnce(page);
});

test("a shopper who cancels at Indodana can go on there or choose another way", async ({ page, shopper }) => {
  const orderId = await goToIndodana(page, shopper);
  await page.getByRole("button", { name: /Batal/ }).click();
  await page.waitForURL(new RegExp(`/pay/${orderId}/cancelled`));
  await expect(page.getByText(/belum ada yang ditagihkan/)).toBeVisible();
  expect(await statusOf(page, orderId)).toMatchObject({ status: "awaiting_payment" });
  await expectFitForAll(page);
  await page.getByRole("link", { name: "Lanjut ke Indodana" }).click();
  await page.waitForURL(/\/indodana\/pay\//);
  await page.goBack();
  await page.getByRole("button", { name: "Ya, ganti cara bayar" }).click();
  await page.waitForURL(new RegExp(`/checkout/${orderId}`));
});

test("Indodana's page opens once: Back leads to the shop's page, which stays", async ({ page, shopper }) => {
  const orderId = await goToIndodana(page, shopper);
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/(pay|checkout)/${orderId}`));
  await page.goto(`/pay/${orderId}`);
  await expect(inState(page, "awaiting_payment")).toBeVisible();
  await expect(page.getByRole("link", { name: "Lanjut ke Indodana" })).toBeVisible();
});

test("coming back with a made-up result changes nothing", async ({ page, shopper }) => {
  const orderId = await goToIndodana(page, shopper);
  await page.goto(`/pay/${orderId}/return?transactionStatus=SUCCESS&status=paid`);
  await expect(page.getByText(/Kami menunggu kabar dari Indodana/)).toBeVisible();
  expect(await statusOf(page, orderId)).toMatchObject({ status: "awaiting_payment" });
});

test("a wrong phone number and e-mail are named, what was typed stays, and no payment is made", async ({
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
  await expectFitForAll(page);
  expect(await statusOf(page, orderId)).toMatchObject({ status: "unstarted" });
  expect(await simulator.ordersOf(shopper.name)).toEqual([]);

  await page.locator("#phone").fill(shopper.phone);
  await page.locator("#email").fill(shopper.email);
  await submitButton(page).click();
  await page.waitForURL(/\/indodana\/pay\//);
  expect(await simulator.ordersOf(shopper.name)).toHaveLength(1);
});

test("money that Indodana sends back is found when the merchant asks, and both pages say so", async ({
  page,
  openPhone,
  shopper,
  simulator,
}) => {
  const orderId = await goToIndodana(page, shopper);
  const [made] = await simulator.ordersOf(shopper.name);
  const invoice = made?.invoice ?? "";
  const office = await openOffice(openPhone);
  await openOrder(office, invoice);
  // Of the answer that opened the page; the notification names it once more.
  await expect(office.getByText(`INDODANA_ORDER_ID: ${invoice}`)).toBeVisible();
  await simulator.decideAtIndodana(invoice, "approve");
  await page.goto(`/pay/${orderId}`);
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();

  // Nobody is told of a refund: only DOKU's status says so.
  await simulator.decideAtIndodana(invoice, "refund");
  await office.getByRole("button", { name: "Cek ke DOKU sekarang" }).click();
  await expect(office.getByText("Sudah ditanyakan ke DOKU. Status sekarang: dikembalikan.")).toBeVisible();
  await expect(office.getByText("Dikembalikan", { exact: true }).first()).toBeVisible();
  await expectFitForAll(office);
  await page.goto(`/pay/${orderId}`);
  await expect(page.getByRole("heading", { name: "Dana dikembalikan" })).toBeVisible();
  expect(await statusOf(page, orderId)).toMatchObject({ status: "refunded" });
  await expectFitForAll(page);
});

test("an order that DOKU takes and calls failed opens no page, and another way is offered", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.arm(shopper.name, { kind: "payment_failed", times: 1 });
  const orderId = await order(page);
  await fillForIndodana(page, shopper);
  await submitButton(page).click();
  // The answer is a 200: what it says is what counts.
  await expect(page.getByText(id.refused)).toBeVisible();
  expect(new URL(page.url()).pathname).toBe(`/checkout/${orderId}`);
  expect(await simulator.ordersOf(shopper.name)).toMatchObject([{ state: "FAILED" }]);
  await expectFitForAll(page);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  await simulator.payAtTill(await shownCode(page));
  await expectPaidAtOnce(page);
});
