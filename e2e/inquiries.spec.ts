import { expectAccessible } from "./accessibility";
import { createBill } from "./bill";
import { desktop } from "./dashboard";
import { expect, test } from "./fixtures";
import { expectPaidAtOnce, shownCode, fetchStatus } from "./shopping";

const inGroups = (code: string) => code.replaceAll(/(\d{4})(?=\d)/g, "$1 ");

test("a bill for direct inquiry is shown at the till, paid once, and then reported as paid @core", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const office = await openPage(desktop);
  const { orderId, code } = await createBill(office, shopper);
  await page.goto(`/pay/${orderId}`);
  expect(await shownCode(page)).toBe(code);
  expect(await simulator.listCodes(shopper.name)).toEqual([]);

  const first = await simulator.inquireAtTill(code);
  expect(first).toMatchObject({ outcome: "bill", bill: { amount: 150_000, name: shopper.name } });
  // A second inquiry finds the same bill.
  expect(await simulator.inquireAtTill(code)).toMatchObject({
    bill: { invoice: first.outcome === "bill" ? first.bill.invoice : "" },
  });
  const { notification, receipt } = await simulator.payAtTill(code);
  expect(notification.attempts.map(({ status }) => status)).toEqual([200]);
  await expectPaidAtOnce(page);
  expect(await fetchStatus(page, orderId)).toMatchObject({ status: "paid", underReview: false });
  expect(await simulator.listPayments(receipt.invoice)).toHaveLength(1);
  expect(await simulator.inquireAtTill(code)).toMatchObject({ outcome: "refused", because: "already_paid" });

  const asked = office.getByRole("region", { name: "Inquiry dari kasir" });
  await office.reload();
  await expect(asked.getByText("Boleh dibayar", { exact: true })).toHaveCount(2);
  await expect(asked.getByText("Sudah dibayar", { exact: true })).toHaveCount(1);
  await expectAccessible(office);

  await office.getByRole("link", { name: "Inquiry dari kasir" }).click();
  await expect(office.getByRole("heading", { name: "Inquiry dari kasir", level: 1 })).toBeVisible();
  const newest = office
    .getByRole("main")
    .getByRole("listitem")
    .filter({ hasText: inGroups(code) })
    .first();
  await expect(newest).toContainText("Sudah dibayar");
  await expect(newest).toContainText("HTTP 400");
  await newest.getByText("Lihat pertanyaan dan jawaban").click();
  await expect(newest.getByText(`"payment_code":"${code}"`, { exact: false }).first()).toBeVisible();
  await expect(newest.getByText('"status":"billing_already_paid"', { exact: false })).toBeVisible();
  await expectAccessible(office);
  await newest.getByRole("link", { name: "Lihat pesanan" }).click();
  await expect(office).toHaveURL(new RegExp(`/dashboard/orders/${orderId}`));
});

test("the till and its receipt show the insurance policy and the merchant's texts", async ({
  page,
  openPage,
  shopper,
  shops,
}) => {
  const office = await openPage(desktop);
  const { code } = await createBill(office, shopper, {
    info: "Premi Mei 2026",
    footer1: "Call Center 021 555-0525",
    policyType: "Dana Pendidikan",
    policyNumber: "9090901234",
    policyAccountName: shopper.name,
    policyStatus: "aktif",
    billDueDate: "21 May 2027",
  });
  await page.goto(`${shops.simulator}/till?code=${code}`);
  const bill = page.getByRole("main");
  for (const words of ["Premi Mei 2026", "Dana Pendidikan", "9090901234", "aktif", "21 May 2027"])
    await expect(bill.getByText(words, { exact: true })).toBeVisible();
  await page.getByRole("button", { name: /Bayar/ }).click();
  const receipt = page.getByRole("region", { name: "Receipt" });
  for (const words of ["LUNAS", "9090901234", "Call Center 021 555-0525", inGroups(code)])
    await expect(receipt.getByText(words, { exact: true })).toBeVisible();
  await expect(office.getByRole("region", { name: "Uang masuk" })).toContainText("Rp150.000");
});

test("an inquiry with a bad signature and one for an unknown code take no money", async ({
  openPage,
  shopper,
  simulator,
}) => {
  const office = await openPage(desktop);
  const { code } = await createBill(office, shopper);
  await simulator.addFaultToNextCall({ kind: "inquiry_bad_signature" });
  expect(await simulator.inquireAtTill(code)).toMatchObject({ because: "merchant_answer_invalid" });
  expect(await simulator.inquireAtTill("889651000000")).toMatchObject({ because: "not_found" });
  expect(await simulator.inquireAtTill(code)).toMatchObject({ outcome: "bill" });

  // What is unsigned is counted, and written a moment later.
  await expect(async () => {
    await office.goto("/dashboard/inquiries");
    await expect(office.getByText("Tidak ada tagihan dengan kode ini.").first()).toBeVisible();
    const reason = office.getByText("Tanda tangannya tidak cocok", { exact: false }).first();
    await expect(reason).toBeVisible({ timeout: 1000 });
  }).toPass();
});

test("declines more than ten inquiries of a code in a minute", async ({ openPage, shopper, simulator }) => {
  const office = await openPage(desktop);
  const { code } = await createBill(office, shopper);
  for (let times = 1; times <= 10; times += 1)
    expect(await simulator.inquireAtTill(code), `question ${times}`).toMatchObject({ outcome: "bill" });
  expect(await simulator.inquireAtTill(code)).toMatchObject({ outcome: "refused", because: "declined" });
});

test("answers strangers' inquiries with a decline without a signature and never with a server error", async ({
  request,
  shops,
}) => {
  const url = `${shops.shop}/api/doku/inquiries`;
  const forged = {
    "Client-Id": "MCH-0001-10791114622547",
    "Request-Id": "a-request",
    "Request-Timestamp": "2026-11-21T10:00:00Z",
    Signature: "HMACSHA256=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "Content-Type": "application/json",
  };
  const answers = {
    "no headers": await request.post(url, { data: "{}" }),
    "nothing at all": await request.post(url),
    junk: await request.post(url, { data: Buffer.from([0xff, 0x00, 0xfe]), headers: forged }),
    "70 KB": await request.post(url, { data: "x".repeat(70 * 1024), headers: forged }),
    read: await request.get(url),
    replaced: await request.put(url, { data: "{}", headers: forged }),
  };
  const statuses = Object.entries(answers).map(([what, answer]) => [what, answer.status()]);
  expect(Object.fromEntries(statuses)).toEqual({
    "no headers": 401,
    "nothing at all": 401,
    junk: 401,
    "70 KB": 413,
    read: 405,
    replaced: 405,
  });
  for (const [what, answer] of Object.entries(answers)) {
    expect(await answer.json(), what).toEqual({ online_to_offline_inquiry: { status: "decline" } });
    for (const name of ["signature", "response-timestamp", "client-id", "request-id"])
      expect(answer.headers()[name], `${what}: ${name}`).toBeUndefined();
  }
});

test("redirects from the inquiries to the sign-in without a session", async ({ page }) => {
  await page.goto("/dashboard/inquiries");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fdashboard%2Finquiries/);
});
