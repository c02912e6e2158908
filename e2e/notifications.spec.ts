import { expectAccessible } from "./accessibility";
import { expect, test } from "./fixtures";
import {
  expectPaidAtOnce,
  fillForCounter,
  getCode,
  paymentInState,
  order,
  fetchStatus,
  submitButton,
} from "./shopping";
import { id } from "./copy";

test("counts a notification once that arrives three times at once @core", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "three_times_at_once" });
  const { orderId, code } = await getCode(page, shopper);
  const { notification, receipt } = await simulator.payAtTill(code);
  expect(notification.attempts.map(({ status }) => status)).toEqual([200, 200, 200]);
  await expectPaidAtOnce(page);
  const once = await fetchStatus(page, orderId);
  expect(once).toMatchObject({ status: "paid", underReview: false });

  const again = { invoice: receipt.invoice, copies: 10, concurrently: true };
  const repeats = [
    ...(await simulator.sendNotification(again)),
    ...(await simulator.sendNotification({ ...again, newRequestId: true })),
  ];
  expect(new Set(repeats.map(({ status }) => status))).toEqual(new Set([200]));
  const afterwards = await fetchStatus(page, orderId);
  expect(afterwards).toMatchObject({ status: "paid", paidAt: once["paidAt"], underReview: false });
});

for (const kind of ["tampered_body", "bad_signature"]) {
  test(`rejects a notification with a ${kind.replace("_", " ")} and applies the valid one after it`, async ({
    page,
    shopper,
    simulator,
  }) => {
    await simulator.addFault(shopper.name, { kind, times: 1 });
    const { orderId, code } = await getCode(page, shopper);
    const before = await fetchStatus(page, orderId);
    const { notification } = await simulator.payAtTill(code);
    expect(notification.attempts.map(({ status }) => status)).toEqual([401]);
    const after = await fetchStatus(page, orderId);
    expect(after).toMatchObject({
      status: "awaiting_payment",
      version: before["version"],
      underReview: false,
    });
    await page.reload();
    await expect(paymentInState(page, "awaiting_payment")).toBeVisible();

    const { attempts } = await simulator.retryNotification(notification.id);
    expect(attempts.map(({ status }) => status)).toEqual([200]);
    await expectPaidAtOnce(page);
  });
}

test("does not pay the order with another amount, and the page says that it is under review", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "wrong_amount", amount: 1_000 });
  // DOKU is asked at once, and its status would have the amount.
  await simulator.addFault(shopper.name, { kind: "status_404" });
  const { orderId, code } = await getCode(page, shopper);
  const { notification } = await simulator.payAtTill(code);
  expect(notification.attempts.map(({ status }) => status)).toEqual([200]);
  await expect(page.getByText(id.underReview, { exact: true })).toBeVisible();
  await expect(paymentInState(page, "paid")).toHaveCount(0);
  const view = await fetchStatus(page, orderId);
  expect(view).toMatchObject({ underReview: true, amount: 92_000 });
  expect(view["status"]).not.toBe("paid");
  await expectAccessible(page);
});

test("a notification that arrives before the response to the create request pays the order once", async ({
  page,
  shopper,
  simulator,
}) => {
  await simulator.addFault(shopper.name, { kind: "notify_before_answer", times: 1 });
  const orderId = await order(page);
  await fillForCounter(page, "Alfamart", shopper);
  await submitButton(page).click();
  await expect(page.getByRole("heading", { name: id.paid })).toBeVisible();
  const [made, ...others] = await simulator.listCodes(shopper.name);
  expect(others).toEqual([]);
  expect(await simulator.listPayments(made?.invoice ?? "")).toHaveLength(1);
  const [notification] = await simulator.listNotifications(made?.invoice ?? "");
  expect(notification?.attempts.map(({ status }) => status)).toEqual([200]);
  expect(await fetchStatus(page, orderId)).toMatchObject({ status: "paid", underReview: false });
});

test("a late FAILED does not undo a payment", async ({ page, shopper, simulator }) => {
  await simulator.addFault(shopper.name, { kind: "out_of_order", times: 1 });
  const { orderId, code } = await getCode(page, shopper);
  const { receipt } = await simulator.payAtTill(code);
  await expectPaidAtOnce(page);
  await expect
    .poll(async () =>
      (await simulator.listNotifications(receipt.invoice)).filter(
        (notification) => notification.acknowledged,
      ),
    )
    .toHaveLength(2);
  expect(await fetchStatus(page, orderId)).toMatchObject({ status: "paid", underReview: false });
});

test.describe("invalid notifications", () => {
  const url = `/api/doku/notifications`;

  test("answers invalid notifications with 401, 413 or 405 and never with a server error", async ({
    request,
  }) => {
    const answers = {
      "no headers": await request.post(url, { data: "{}" }),
      "nothing at all": await request.post(url),
      junk: await request.post(url, { data: Buffer.from([0xff, 0x00, 0xfe]), headers: forged }),
      "70 KB": await request.post(url, { data: "x".repeat(70 * 1024), headers: forged }),
      read: await request.get(url),
      replaced: await request.put(url, { data: "{}" }),
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
  });

  test("acknowledges a signed message that cannot be parsed, so that DOKU does not retry it", async ({
    simulator,
  }) => {
    for (const body of ["not JSON", "[]", '{"order":{}}', "{}"]) {
      const [delivery] = await simulator.sendNotification({ invoice: "UNKNOWN-INVOICE", body });
      expect(delivery?.status, body).toBe(200);
    }
    const [unknown] = await simulator.sendNotification({ invoice: "UNKNOWN-INVOICE" });
    expect(unknown?.status).toBe(200);
  });

  test("answers 401 to a notification that lacks one of its headers", async ({ simulator }) => {
    for (const name of ["Client-Id", "Request-Id", "Request-Timestamp", "Signature"]) {
      const [delivery] = await simulator.sendNotification({
        invoice: "UNKNOWN-INVOICE",
        withoutHeaders: [name],
      });
      expect(delivery?.status, name).toBe(401);
    }
  });
});

const forged = {
  "Client-Id": "MCH-0001-10791114622547",
  "Request-Id": "a-request",
  "Request-Timestamp": "2026-11-21T10:00:00Z",
  Signature: "HMACSHA256=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
  "Content-Type": "application/json",
};
