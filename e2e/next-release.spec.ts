import { desktop, signIn } from "./dashboard";
import { expect } from "./fixtures";
import { fillForCounter, getCode, order, shownCode, submitButton } from "./shopping";
import { nextTitle, testNextRelease as test } from "./two-builds";

/** What browser and server say about an action that the server does not have. */
const unknownAction = /409 \(Conflict\)|server.action|\.next\/server\/chunks/i;

test.beforeEach(({ machines, unexpectedOutput }) => {
  unexpectedOutput.expect(/another_build_runs/);
  machines.serveFrom(machines.first);
});

test("another build on the same database is named in both logs, and later on the dashboard", async ({
  machines: { first, second, serveFrom, backdateStarts },
  openPage,
}) => {
  expect(second.buildId).not.toBe(first.buildId);
  const told = (own: string, other: string) =>
    new RegExp(`"event":"another_build_runs".*"own":"${own}","other":"${other}"`);
  expect(second.output()).toMatch(told(second.buildId, first.buildId));
  // The first looks every half minute.
  await expect.poll(() => first.output(), { timeout: 120_000 }).toMatch(told(first.buildId, second.buildId));

  serveFrom(second);
  const office = await openPage(desktop);
  await signIn(office);
  const notice = office.getByText("2 versi program bekerja pada database ini", { exact: false });
  await expect(notice).toHaveCount(0);
  await backdateStarts(20);
  await office.reload();
  await expect(notice).toBeVisible();
  for (const { buildId } of [first, second])
    await expect(office.getByText(buildId, { exact: true })).toBeVisible();
});

test("a shopper whose page is from before a release goes on with the forms that it left as they were", async ({
  machines: { second, serveFrom },
  page,
}) => {
  await page.goto("/");
  serveFrom(second);
  await page.getByRole("button", { name: "Tambah Kopi Gayo 250 g ke keranjang", exact: true }).click();
  await page.getByRole("button", { name: "Bayar", exact: true }).click();
  await expect(page.getByRole("heading", { name: nextTitle, level: 1 })).toBeVisible();
});

test("a page whose form a release has replaced loads itself again, filled in as it was, and then works", async ({
  machines: { second, serveFrom },
  page,
  shopper,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(unknownAction);
  await order(page);
  await expect(page.getByRole("heading", { name: "Pembayaran", exact: true, level: 1 })).toBeVisible();
  await fillForCounter(page, "Indomaret", shopper);
  await page.locator("#email").fill(shopper.email);
  serveFrom(second);
  await submitButton(page).click();
  await expect(page.getByText("Toko ini baru saja diperbarui", { exact: false })).toBeVisible();
  await expect(page.getByRole("heading", { name: nextTitle, level: 1 })).toBeVisible();
  await expect(page.locator("#name")).toHaveValue(shopper.name);
  await expect(page.locator("#email")).toHaveValue(shopper.email);
  await expect(page.getByRole("radio", { name: "Indomaret" })).toBeChecked();
  await submitButton(page).click();
  expect(await shownCode(page)).toMatch(/^\d+$/);
});

test("a shopper who comes after the release gets a code", async ({
  machines: { second, serveFrom },
  page,
  shopper,
}) => {
  serveFrom(second);
  expect((await getCode(page, shopper)).code).toMatch(/^\d+$/);
});
