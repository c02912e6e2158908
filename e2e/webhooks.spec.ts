import { WebhookReceiver } from "../test/harness/webhook-receiver";
import { expectAccessible } from "./accessibility";
import { makeKey } from "./api-key";
import { openOffice } from "./dashboard";
import { expect, test } from "./fixtures";
import { choose, shownCode, submitButton } from "./shopping";
import { addEndpoint, removeEndpoint, resendAll } from "./webhook-endpoint";

test("a shop is told of a payment by a signed webhook, also when it was away, and once @core", async ({
  page,
  openPage,
  shopper,
  simulator,
  request,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(/api_key_created|webhook_endpoint_(created|deleted)|webhooks_resent/);
  const shop = await WebhookReceiver.start();
  const office = await openOffice(openPage);
  const headers = await makeKey(office, "Toko web");
  const secret = await addEndpoint(office, shop.url);

  const data = { amount: 92_000, customer: { name: shopper.name }, channels: ["alfa"] };
  const session = await (await request.post("/api/v1/checkout_sessions", { headers, data })).json();
  await page.goto(session.url);
  await choose(page, "Alfamart");
  await submitButton(page).click();
  const code = await shownCode(page);
  // Orders of other tests are told too.
  const listOwn = () =>
    shop
      .listVerified(secret)
      .filter(({ data }) => [data["id"], data["checkout_session"]].includes(session.id));
  const listTypes = () => listOwn().map(({ type }) => type);
  await expect.poll(listTypes).toEqual(["payment.code_issued"]);

  await shop.close();
  await simulator.payAtTill(code);
  await expect(async () => {
    await office.reload();
    await expect(office.getByText("Sedang gagal")).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(office.getByText("server tidak bisa dihubungi", { exact: false }).first()).toBeVisible();
  await shop.open();
  await resendAll(office);
  await expect.poll(listTypes).toEqual(["payment.code_issued", "checkout_session.paid"]);
  const [, paid] = listOwn();
  expect(paid?.data).toMatchObject({ id: session.id, status: "paid", object: "checkout_session" });
  const seen = await (await request.get(`/api/v1/checkout_sessions/${session.id}`, { headers })).json();
  expect(paid?.data).toEqual(seen);

  await office.reload();
  await expect(office.getByText("Diterima", { exact: true }).first()).toBeVisible();
  await expectAccessible(office);
  const listed = await (
    await request.get(`/api/v1/events?checkout_session=${session.id}`, { headers })
  ).json();
  expect(listed.data.map(({ type }: { type: string }) => type).toSorted()).toEqual([
    "checkout_session.paid",
    "payment.code_issued",
  ]);
  await removeEndpoint(office);
  await shop.close();
});

test("a message is sent again by hand, a test one is sent, and a replaced secret signs beside the old one", async ({
  openPage,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(/webhook_(endpoint_(created|deleted|switched|changed)|resent|secret_rotated)/);
  const shop = await WebhookReceiver.start();
  const office = await openOffice(openPage);
  const secret = await addEndpoint(office, shop.url);
  await office.getByRole("button", { name: "Kirim pesan percobaan" }).click();
  await expect.poll(() => shop.listVerified(secret).map(({ type }) => type)).toEqual(["webhook.test"]);
  await office.getByRole("button", { name: "Kirim ulang" }).click();
  await expect.poll(() => shop.received.length).toBe(2);
  expect(new Set(shop.received.map(({ id }) => id)).size).toBe(1);

  await office.getByRole("button", { name: "Ganti rahasia" }).click();
  await expect(office.getByText("Rahasia lama berlaku sampai", { exact: false })).toBeVisible();
  await office.getByRole("button", { name: "Kirim pesan percobaan" }).click();
  await expect.poll(() => shop.listVerified(secret)).toHaveLength(2);

  await office.getByRole("button", { name: "Matikan" }).click();
  await expect(office.getByText("Dimatikan", { exact: true })).toBeVisible();
  await office.getByText("Ubah", { exact: true }).click();
  await office.getByLabel("Alamat", { exact: true }).fill("toko.example");
  await office.getByRole("button", { name: "Simpan" }).click();
  await expect(office.getByText("Bukan alamat server", { exact: false })).toBeVisible();
  await office.getByLabel("checkout_session.paid").check();
  await office.getByLabel("Alamat", { exact: true }).fill(`${shop.url}/2`);
  await office.getByRole("button", { name: "Simpan" }).click();
  await expect(office.getByText("Tersimpan")).toBeVisible();
  await office.reload();
  await expect(office.getByText(`${shop.url}/2`)).toBeVisible();
  await removeEndpoint(office);
  await shop.close();
});
