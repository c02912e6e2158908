import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import {
  choose,
  expectPaidAtOnce,
  fillForCounter,
  paymentInState,
  order,
  shownCode,
  submitButton,
} from "./shopping";
import { id } from "./copy";

test("when DOKU's response is lost, the same request is sent again and exactly one code exists @core", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "lost_answer", times: 1 });
  await order(page);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  await expect(page.getByText(id.preparing)).toBeVisible();
  const code = await shownCode(page);
  expect((await simulator.listCodes(shopper.name)).map((made) => made.code)).toEqual([code]);
  const calls = await simulator.listCreateCalls(shopper.name);
  expect(calls.map(({ status, note }) => status ?? note)).toEqual(["cut", 409]);
  expect(new Set(calls.map(({ headers }) => headers["request-id"])).size).toBe(1);
  expect(new Set(calls.map(({ body }) => body)).size).toBe(1);
  await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
});

test("when DOKU responds after the time-out, the replayed response gives the one code", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "timeout_after_commit", times: 1 });
  await order(page);
  await fillForCounter(page, "Indomaret", shopper);
  await submitButton(page).click();
  await expect(page.getByText(id.preparing)).toBeVisible({ timeout: 15_000 });
  await expectAccessible(page);
  const code = await shownCode(page);
  expect((await simulator.listCodes(shopper.name)).map((made) => made.code)).toEqual([code]);
  const calls = await simulator.listCreateCalls(shopper.name);
  expect(calls.map(({ status, note }) => status ?? note)).toEqual(["silence", 409]);
});

for (const mode of ["reset", "http_503"] as const) {
  test.describe(`DOKU is down (${mode})`, () => {
    test.beforeEach(({ simulator }) => simulator.setDown(mode));
    test.afterEach(({ simulator }) => simulator.setDown("off"));

    test("the page keeps the order while DOKU is down, and shows the code when it is back", async ({
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
      await expect(paymentInState(page, "preparing")).toBeVisible();
      expect(await simulator.listCodes(shopper.name)).toEqual([]);

      await simulator.setDown("off");
      await expect(page.locator("[data-code]")).toBeVisible({ timeout: 20_000 });
      const code = await shownCode(page);
      expect((await simulator.listCodes(shopper.name)).map((made) => made.code)).toEqual([code]);
    });
  });
}

test("after a refused request the shopper chooses another method and does not see DOKU's message", async ({
  page,
  shopper,
  simulator,
}) => {
  const dokuMessage = "merchant contract 4711 lacks this acquirer";
  await simulator.addFault(shopper.name, {
    kind: "refuse",
    times: 1,
    code: "invalid_parameter",
    message: dokuMessage,
  });
  await order(page);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  await expect(page.getByText(id.refused)).toBeVisible();
  expect(await page.content()).not.toContain(dokuMessage);
  await expect(page.locator("#name")).toHaveValue(shopper.name);
  // The refused method is disabled, and no other is preselected.
  await expect(page.getByRole("radio", { name: "Alfamart" })).toBeDisabled();
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
  await expectAccessible(page);

  await choose(page, "Indomaret");
  await submitButton(page).click();
  await shownCode(page);
  await expect(page.getByRole("heading", { name: "Bayar di Indomaret" })).toBeVisible();
  expect(await page.content()).not.toContain(dokuMessage);
});
