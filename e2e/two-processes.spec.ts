import { desktop, openOrder, signIn } from "./dashboard";
import { customNotificationPath } from "./shops";
import { expectPaidAtOnce, getCode, paymentInState, shownCode, fetchStatus } from "./shopping";
import { expect, test } from "./two-shops";

test("a page of one process shows at once what the other process was notified of @core", async ({
  page,
  shopper,
  simulator,
  shops,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  const { notification } = await simulator.payAtTill(code);
  expect(notification).toMatchObject({ url: shops.notifiedShop + customNotificationPath });
  expect(notification.attempts.map(({ status }) => status)).toEqual([200]);
  await expectPaidAtOnce(page);
  for (const shop of [shops.shop, shops.notifiedShop])
    expect(await fetchStatus(page, orderId, shop)).toMatchObject({ status: "paid", underReview: false });
});

test("two phones on different processes both show paid", async ({
  page,
  openPage,
  shopper,
  simulator,
  shops,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  const relative = await openPage();
  await relative.goto(`${shops.notifiedShop}/pay/${orderId}`);
  expect(await shownCode(relative)).toBe(code);
  await simulator.payAtTill(code);
  await Promise.all([expectPaidAtOnce(page), expectPaidAtOnce(relative)]);
});

test("counts a notification once that both processes receive many times", async ({
  page,
  shopper,
  simulator,
  shops,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  const [made] = await simulator.listCodes(shopper.name);
  const invoice = made?.invoice ?? "";
  const at = (shop: string) =>
    simulator.sendNotification({
      invoice,
      copies: 10,
      concurrently: true,
      newRequestId: true,
      url: shop + customNotificationPath,
    });
  const { notification } = await simulator.payAtTill(code);
  const crowds = await Promise.all([at(shops.shop), at(shops.notifiedShop)]);
  expect([...notification.attempts, ...crowds.flat()].map(({ status }) => status)).toEqual(
    Array.from({ length: 21 }, () => 200),
  );
  await expect(paymentInState(page, "paid")).toBeVisible();
  expect(await fetchStatus(page, orderId, shops.shop)).toMatchObject({ status: "paid", underReview: false });
});

test("the dashboard of one process shows what the other process was notified of", async ({
  page,
  openPage,
  shopper,
  simulator,
}) => {
  const { code } = await getCode(page, shopper);
  const office = await openPage(desktop);
  await signIn(office);
  await openOrder(office, code);
  await simulator.payAtTill(code);
  await expect(office.getByRole("region", { name: "Uang masuk" })).toContainText("Rp92.000");
  await expectPaidAtOnce(page);
});
