import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import { fillForCounter, order, shownCode, submitButton } from "./shopping";

/** An action that no build has: what a page asks for whose action was renamed or removed by a deployment. */
const goneAction = "00".repeat(21);
/** What browser and server say about it. */
const unknownAction = /409 \(Conflict\)|server.action|\.next\/server\/chunks/i;

test("a page from before a deployment loads itself again, filled in as it was, and then works", async ({
  page,
  shopper,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(unknownAction);
  await order(page);
  await fillForCounter(page, "Indomaret", shopper);
  await page.locator("#email").fill(shopper.email);
  let sent = 0;
  await page.route("**/checkout/**", (route) => {
    const headers = route.request().headers();
    if (headers["next-action"] === undefined || (sent += 1) > 1) return route.continue();
    // The server answers what it answers to every action that it does not have.
    return route.continue({ headers: { ...headers, "next-action": goneAction } });
  });
  await submitButton(page).click();
  await expect(page.getByText("Toko ini baru saja diperbarui", { exact: false })).toBeVisible();
  await expect(page.locator("#name")).toHaveValue(shopper.name);
  await expect(page.locator("#email")).toHaveValue(shopper.email);
  await expect(page.getByRole("radio", { name: "Indomaret" })).toBeChecked();
  await expectAccessible(page);
  await submitButton(page).click();
  expect(await shownCode(page)).toMatch(/^\d+$/);
  await expect(page.getByText("Toko ini baru saja diperbarui", { exact: false })).toHaveCount(0);
  expect(sent).toBe(2);
});

test("a page whose actions stay unknown says so, and does not load itself for ever", async ({
  page,
  shopper,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(unknownAction);
  await order(page);
  await page.route("**/checkout/**", (route) => {
    const headers = route.request().headers();
    return route.continue(
      headers["next-action"] === undefined ? {} : { headers: { ...headers, "next-action": goneAction } },
    );
  });
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  // Of the page that was loaded again: the one before has the name too.
  await expect(page.getByText("Toko ini baru saja diperbarui", { exact: false })).toBeVisible();
  await expect(page.locator("#name")).toHaveValue(shopper.name);
  await submitButton(page).click();
  await expect(page.getByRole("heading", { name: "Halaman ini sedang terganggu" })).toBeVisible();
});
