import { expectAccessible } from "./accessibility";
import { openOffice, signIn } from "./dashboard";
import { expect, test } from "./fixtures";
import { fillCodeForm, createButton, createCode } from "./create-code-form";
import { shownCode, fetchStatus } from "./shopping";

const ownBin = "889651";

/** Random digits, so that no other test has the same code. */
const createRandomCode = () => `${ownBin}${String(Math.floor(Math.random() * 1e9)).padStart(9, "0")}7`;
const inGroups = (code: string) => code.replace(/(\d{4})(?=\d)/g, "$1 ");

test("a reusable code stays on the page while it is paid three times, and each payment counts @core", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const office = await openOffice(openPage);
  const code = createRandomCode();
  const orderId = await createCode(office, {
    kind: "Kode buatan sendiri",
    reusable: true,
    fields: {
      ...{ code: inGroups(code), amount: "100.000", description: "Isi ulang saldo warung" },
      ...{ name: shopper.name, info: "Isi ulang saldo" },
    },
  });
  await expect(office.getByText("Tersimpan. Berikan kepada pelanggan")).toBeVisible();
  await expect(office.getByRole("button", { name: "Salin tautan" })).toBeVisible();
  await expectAccessible(office);

  await page.goto(`/pay/${orderId}`);
  expect(await shownCode(page)).toBe(code);
  await expect(page.getByText("bisa dibayar berkali-kali sampai batas waktunya")).toBeVisible();
  for (const forbidden of ["Ganti cara bayar", "Tambah waktu", "Batalkan kode"])
    await expect(page.getByText(forbidden, { exact: true })).toHaveCount(0);
  for (const times of [1, 2, 3]) {
    await simulator.payAtTill(code);
    await expect(page.getByText(`Sudah dibayar ${times} kali, terakhir`).first()).toBeVisible({
      timeout: 3_000,
    });
    expect(await shownCode(page)).toBe(code);
  }
  expect(await fetchStatus(page, orderId)).toMatchObject({ status: "awaiting_payment", timesPaid: 3 });
  await expectAccessible(page);

  const money = office.getByRole("region", { name: "Uang masuk" });
  await expect(money).toContainText("Jumlah semuanya (3 kali)");
  await expect(money).toContainText("Rp300.000");
  await office.goto("/dashboard/codes");
  const line = office.locator("tbody tr:visible", { hasText: shopper.name });
  await expect(line).toHaveCount(1);
  await expect(line).toContainText(inGroups(code));
  await expect(line).toContainText("3 kali");
  await expect(line).toContainText("Rp300.000");
  await expectAccessible(office);
  await line.getByRole("link").click();
  await expect(office).toHaveURL(new RegExp(`/dashboard/orders/${orderId}`));

  // The checkout of such an order redirects to the payment page.
  await page.goto(`/checkout/${orderId}`);
  await expect(page).toHaveURL(new RegExp(`/pay/${orderId}`));
});

test("the till shows an insurance policy and prints it with the merchant's texts", async ({
  openPage,
  shopper,
  simulator,
}) => {
  const office = await openOffice(openPage);
  await fillCodeForm(office, {
    unfold: ["Polis asuransi"],
    fields: {
      ...{ amount: "1250000", description: "Premi Mei", name: shopper.name, info: "Premi Dana Pendidikan" },
      ...{ footer1: "Simpan struk ini.", footer3: "Call Center 021 555-0525" },
      ...{ policyType: "Dana Pendidikan", policyNumber: "9090901234", policyAccountName: "Taufik Ismail" },
      ...{ policyStatus: "aktif", billDueDate: "21 May 2021" },
    },
  });
  // The preview shows what was typed.
  const preview = office.getByRole("region", { name: "Begini kelihatannya" });
  for (const words of ["Rp1.250.000", "9090901234", "Call Center 021 555-0525", shopper.name])
    await expect(preview.locator("pre").last()).toContainText(words);
  await expectAccessible(office);
  await createButton(office).click();
  await office.waitForURL(/\/dashboard\/orders\//);

  const [made] = await simulator.listCodes(shopper.name);
  const policy = {
    policy_type: "Dana Pendidikan",
    policy_number: "9090901234",
    policy_account_name: "Taufik Ismail",
    policy_status: "aktif",
    bill_due_date: "21 May 2021",
  };
  const footer = `${"Simpan struk ini.".padEnd(40)}${" ".repeat(40)}Call Center 021 555-0525`;
  const printed = { name: shopper.name, info: "Premi Dana Pendidikan", footer, insurance: policy };
  expect(await simulator.fetchBill(made?.code ?? "")).toMatchObject({ ...printed, amount: 1_250_000 });
  const { receipt } = await simulator.payAtTill(made?.code ?? "");
  expect(receipt).toMatchObject(printed);
  // DOKU's notification repeats the policy.
  const [notification] = await simulator.listNotifications(made?.invoice ?? "");
  expect(notification).toMatchObject({
    acknowledged: true,
    content: { additional_info: { insurance_info: policy } },
  });
  await expect(office.getByRole("region", { name: "Uang masuk" })).toContainText("Rp1.250.000");
});

test("sends the shares of a split settlement, and none for another payment", async ({
  openPage,
  shopper,
  simulator,
}) => {
  const office = await openOffice(openPage);
  await fillCodeForm(office, {
    unfold: ["Bagi hasil"],
    fields: {
      ...{ amount: "150.000", description: "Kelas batik", name: shopper.name },
      ...{ shareAccount1: "SBA-0001-123123123", shareValue1: "10" },
      ...{ shareAccount3: "SBA-0001-456456456", shareValue3: "25.000" },
    },
  });
  await office.getByLabel("Satuan 3").selectOption("rupiah");
  await createButton(office).click();
  await office.waitForURL(/\/dashboard\/orders\//);
  const [call] = await simulator.listCreateCalls(shopper.name);
  expect(JSON.parse(call?.body ?? "").additional_info).toEqual({
    settlement: [
      { bank_account_settlement_id: "SBA-0001-123123123", value: 10, type: "PERCENTAGE" },
      { bank_account_settlement_id: "SBA-0001-456456456", value: 25_000, type: "FIX" },
    ],
  });
  await createCode(office, { fields: { amount: "150.000", description: "Kelas batik", name: shopper.name } });
  const [, bare] = await simulator.listCreateCalls(shopper.name);
  expect(JSON.parse(bare?.body ?? "")).not.toHaveProperty("additional_info");
});

test("names invalid fields, keeps what was typed and creates nothing", async ({
  openPage,
  shopper,
  simulator,
}) => {
  const office = await openOffice(openPage);
  await fillCodeForm(office, {
    kind: "Kode buatan sendiri",
    unfold: ["Bagi hasil"],
    fields: {
      ...{ code: "7777 0000 1", amount: "150.000", description: "Iuran", name: shopper.name },
      ...{ info: "i".repeat(31), footer2: "Terima kasih ☕" },
      ...{ shareAccount1: "SBA-1", shareValue1: "60", shareAccount2: "SBA-2", shareValue2: "41" },
    },
  });
  await createButton(office).click();
  await expect(office.locator("#code")).toHaveAccessibleDescription(/harus diawali BIN Anda, 889651/);
  await expect(office.locator("#code")).toBeFocused();
  await expect(office.locator("#info")).toHaveAccessibleDescription(/Paling panjang 30 huruf\.$/);
  await expect(office.locator("#footer2")).toHaveAccessibleDescription(/tanpa emoji/);
  await expect(office.locator("#shareValue1")).toHaveAccessibleDescription(/lebih dari 100/);
  await expect(office.locator("#code")).toHaveValue("7777 0000 1");
  await expect(office.locator("#info")).toHaveValue("i".repeat(31));
  await expect(office.locator("#shareValue2")).toHaveValue("41");
  await expect(office.getByRole("radio", { name: "Kode buatan sendiri" })).toBeChecked();
  await expectAccessible(office);
  expect(await simulator.listCreateCalls(shopper.name)).toEqual([]);

  // The corrected form is accepted; a second one with the same code is not.
  const code = createRandomCode();
  const corrected = { code, info: "Iuran", footer2: "Terima kasih", shareValue2: "40" };
  for (const [name, text] of Object.entries(corrected)) await office.locator(`#${name}`).fill(text);
  await createButton(office).dblclick();
  await office.waitForURL(/\/dashboard\/orders\//);
  expect(await simulator.listCreateCalls(shopper.name)).toHaveLength(1);
  await fillCodeForm(office, {
    kind: "Kode buatan sendiri",
    fields: { code, amount: "150.000", description: "Iuran", name: shopper.name },
  });
  await createButton(office).click();
  await expect(office.locator("#code")).toHaveAccessibleDescription(/sedang dipakai tagihan lain/);
  expect(await simulator.listCreateCalls(shopper.name)).toHaveLength(1);
});

test("choosing a store resets a kind of code that the store does not offer", async ({ openPage }) => {
  const office = await openOffice(openPage);
  await fillCodeForm(office, {
    kind: "Kode buatan sendiri",
    fields: { footer1: "Simpan struk ini.", footer2: "Sampai jumpa" },
  });
  await expect(office.locator("#code")).toBeVisible();
  await office.locator("label[for^=channel-]", { hasText: "Indomaret" }).click();
  await expect(office.getByRole("radio", { name: "Kode dari DOKU" })).toBeChecked();
  await expect(office.getByRole("radio", { name: "Kode buatan sendiri" })).toBeDisabled();
  await expect(office.getByText("Tidak ada di Indomaret").first()).toBeVisible();
  await expect(office.locator("#code")).toBeHidden();
  await expect(office.locator("summary", { hasText: "Polis asuransi" })).toBeHidden();
  await expect(office.locator("#receiptDescription")).toBeVisible();
  // Indomaret's receipt has one footer line only.
  await expect(office.locator("#footer1")).toBeVisible();
  for (const line of ["#footer2", "#footer3"]) await expect(office.locator(line)).toBeHidden();
  const receipt = office.getByRole("region", { name: "Begini kelihatannya" }).locator("pre").last();
  await expect(receipt).toContainText("Simpan struk ini.");
  await expect(receipt).not.toContainText("Sampai jumpa");
});

test("the printable sheet fits on one A6 page, and shows no code once it is paid", async ({
  openPage,
  shopper,
  simulator,
}) => {
  const office = await openOffice(openPage);
  const orderId = await createCode(office, {
    fields: {
      amount: "1.250.000",
      description: "Premi Dana Pendidikan untuk dua anak, Mei sampai Agustus, dibayar di muka",
      name: shopper.name,
    },
  });
  const [made] = await simulator.listCodes(shopper.name);
  await office.getByRole("link", { name: "Lembar untuk dicetak" }).click();
  const sheet = office.getByRole("article");
  for (const words of [
    shopper.name,
    inGroups(made?.code ?? ""),
    "Rp1.250.000",
    "WIB",
    "Dan+Dan",
    `/pay/${orderId}`,
  ])
    await expect(sheet).toContainText(words);
  await expect(sheet.getByRole("img", { name: "Kode QR halaman pembayaran" })).toBeVisible();
  await expect(office.getByRole("button", { name: "Cetak", exact: true })).toBeVisible();
  await expectAccessible(office);

  // A6 less its margins, in CSS pixels.
  await office.emulateMedia({ media: "print" });
  await office.setViewportSize({ width: Math.floor((105 - 16) * 3.78), height: 300 });
  const height = await office.evaluate(() => document.body.scrollHeight);
  expect(height).toBeLessThanOrEqual(Math.floor((148 - 16) * 3.78));
  await office.emulateMedia({ media: null });

  await simulator.payAtTill(made?.code ?? "");
  await office.reload();
  await expect(office.getByText("tidak bisa dibayar lagi")).toBeVisible();
  await expect(office.getByText(inGroups(made?.code ?? ""))).toHaveCount(0);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("creates a code without JavaScript after invalid fields were named and corrected", async ({
    page,
    shopper,
    simulator,
  }) => {
    await signIn(page);
    await fillCodeForm(page, {
      kind: "Kode buatan sendiri",
      reusable: true,
      unfold: ["Polis asuransi"],
      fields: {
        ...{ amount: "seratus ribu", description: "Premi", name: shopper.name, lasts: "30" },
        ...{ policyNumber: "9090901234" },
      },
    });
    await createButton(page).click();
    await expect(page.locator("#amount")).toHaveAccessibleDescription(/rupiah bulat/);
    await expect(page.locator("#policyType")).toHaveAccessibleDescription(/kelima data polis/);
    await expect(page.locator("#policyNumber")).toHaveValue("9090901234");
    await expect(page.locator("#lasts")).toHaveValue("30");
    await expect(page.getByRole("checkbox", { name: /berkali-kali/ })).toBeChecked();
    await expect(page.getByRole("region", { name: "Begini kelihatannya" })).toContainText(shopper.name);
    expect(await simulator.listCreateCalls(shopper.name)).toEqual([]);

    await page.locator("#amount").fill("100.000");
    await page.locator("#policyNumber").fill("");
    await createButton(page).click();
    await page.waitForURL(/\/dashboard\/orders\//);
    const [made] = await simulator.listCodes(shopper.name);
    await expect(page.getByText(inGroups(made?.code ?? "")).first()).toBeVisible();
    expect(made?.code.startsWith(ownBin)).toBe(true);
  });
});
