import { expectFitForAll } from "./accessibility";
import { expect, test } from "./fixtures";
import {
  choose,
  expectPaidAtOnce,
  fillForCounter,
  inState,
  order,
  shownCode,
  submitButton,
} from "./shopping";
import { id } from "./copy";

test("DOKU's answer is lost: the same request is sent again and exactly one code exists", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.arm(shopper.name, { kind: "lost_answer", times: 1 });
  await order(page);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  await expect(page.getByText(id.preparing)).toBeVisible();
  const code = await shownCode(page);
  expect((await simulator.codesOf(shopper.name)).map((made) => made.code)).toEqual([code]);
  const calls = await simulator.createCallsOf(shopper.name);
  expect(calls.map(({ status, note }) => status ?? note)).toEqual(["cut", 409]);
  expect(new Set(calls.map(({ headers }) => headers["request-id"])).size).toBe(1);
  expect(new Set(calls.map(({ body }) => body)).size).toBe(1);
  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
});

test("DOKU answers only after the time-out: the replayed answer gives the one code", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.arm(shopper.name, { kind: "timeout_after_commit", times: 1 });
  await order(page);
  await fillForCounter(page, "Indomaret", shopper);
  await submitButton(page).click();
  await expect(page.getByText(id.preparing)).toBeVisible({ timeout: 15_000 });
  await expectFitForAll(page);
  const code = await shownCode(page);
  expect((await simulator.codesOf(shopper.name)).map((made) => made.code)).toEqual([code]);
  const calls = await simulator.createCallsOf(shopper.name);
  expect(calls.map(({ status, note }) => status ?? note)).toEqual(["silence", 409]);
});

for (const mode of ["reset", "http_503"] as const) {
  test.describe(`DOKU is down (${mode})`, () => {
    test.beforeEach(({ simulator }) => simulator.setDown(mode));
    test.afterEach(({ simulator }) => simulator.setDown("off"));

    test("the page says so calmly, keeps the order, and shows the code when DOKU is back", async ({
      page,
      shopper,
      simulator,
    }) => {
      const orderId = await order(page);
      await fillForCounter(page, "Alfamart", shopper);
      await submitButton(page).click();
      await page.waitForURL(new RegExp(`/pay/${orderId}`));
      await expect(page.getByText(id.preparing)).toBeVisible();
      await expect(page.getByText(/Pesanan Anda tersimpan/)).toBeVisible();
      await expect(page.locator("[data-code]")).toHaveCount(0);
      await page.reload();
      await expect(inState(page, "preparing")).toBeVisible();
      expect(await simulator.codesOf(shopper.name)).toEqual([]);

      await simulator.setDown("off");
      await expect(page.locator("[data-code]")).toBeVisible({ timeout: 20_000 });
      const code = await shownCode(page);
      expect((await simulator.codesOf(shopper.name)).map((made) => made.code)).toEqual([code]);
    });
  });
}

test("a request that DOKU refuses leads to another method, and DOKU's words stay with the merchant", async ({
  page,
  shopper,
  simulator,
}) => {
  const words = "merchant contract 4711 lacks this acquirer";
  await simulator.arm(shopper.name, { kind: "refuse", times: 1, code: "invalid_parameter", message: words });
  await order(page);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  await expect(page.getByText(id.refused)).toBeVisible();
  expect(await page.content()).not.toContain(words);
  await expect(page.locator("#name")).toHaveValue(shopper.name);
  // What was just refused is marked, and nothing is chosen in its place unasked.
  await expect(page.getByRole("radio", { name: "Alfamart" })).toBeDisabled();
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
  await expectFitForAll(page);

  await choose(page, "Indomaret");
  await submitButton(page).click();
  await shownCode(page);
  await expect(page.getByRole("heading", { name: "Bayar di Indomaret" })).toBeVisible();
  expect(await page.content()).not.toContain(words);
});
