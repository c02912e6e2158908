import { desk, openOrder, signIn } from "./dashboard";
import { namedNotificationPath } from "./shops";
import { expectPaidAtOnce, getCode, inState, shownCode, statusOf } from "./shopping";
import { expect, test } from "./two-shops";

test("a notification that one process receives shows at once on a page that the other serves", async ({
  page,
  shopper,
  simulator,
  shops,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  await page.waitForResponse(/\/status$/);
  const { notification } = await simulator.payAtTill(code);
  expect(notification).toMatchObject({ url: shops.notifiedShop + namedNotificationPath });
  expect(notification.attempts.map(({ status }) => status)).toEqual([200]);
  await expectPaidAtOnce(page);
  for (const shop of [shops.shop, shops.notifiedShop])
    expect(await statusOf(page, orderId, shop)).toMatchObject({ status: "paid", underReview: false });
});

test("two phones served by different processes both turn paid", async ({
  page,
  openPhone,
  shopper,
  simulator,
  shops,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  const relative = await openPhone();
  await relative.goto(`${shops.notifiedShop}/pay/${orderId}`);
  expect(await shownCode(relative)).toBe(code);
  await Promise.all([page.waitForResponse(/\/status$/), relative.waitForResponse(/\/status$/)]);
  await simulator.payAtTill(code);
  await Promise.all([expectPaidAtOnce(page), expectPaidAtOnce(relative)]);
});

test("a crowd of the same notification at both processes is one payment", async ({
  page,
  shopper,
  simulator,
  shops,
}) => {
  const { orderId, code } = await getCode(page, shopper);
  const [made] = await simulator.codesOf(shopper.name);
  const invoice = made?.invoice ?? "";
  const at = (shop: string) =>
    simulator.send({
      invoice,
      copies: 10,
      concurrently: true,
      newRequestId: true,
      url: shop + namedNotificationPath,
    });
  const { notification } = await simulator.payAtTill(code);
  const crowds = await Promise.all([at(shops.shop), at(shops.notifiedShop)]);
  expect([...notification.attempts, ...crowds.flat()].map(({ status }) => status)).toEqual(
    Array.from({ length: 21 }, () => 200),
  );
  await expect(inState(page, "paid")).toBeVisible();
  expect(await statusOf(page, orderId, shops.shop)).toMatchObject({ status: "paid", underReview: false });
});

test("a merchant at one process sees what the other one received", async ({
  page,
  openPhone,
  shopper,
  simulator,
}) => {
  const { code } = await getCode(page, shopper);
  const office = await openPhone(desk);
  await signIn(office);
  await openOrder(office, code);
  await simulator.payAtTill(code);
  await expect(office.getByRole("region", { name: "Uang masuk" })).toContainText("Rp92.000");
  await expectPaidAtOnce(page);
});
