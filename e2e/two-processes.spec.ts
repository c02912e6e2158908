import { addresses, namedNotificationPath } from "./addresses.mjs";
import { expect, test } from "./fixtures";
import { expectPaidAtOnce, getCode, inState, shownCode, statusOf } from "./shopping";
import { simulatorAt } from "./simulator";

const { visitedShop, notifiedShop, sharedSimulator } = addresses;

// oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameter's shape
test.use({ simulator: async ({}, use) => use(simulatorAt(sharedSimulator)) });

test("a notification that one process receives shows at once on a page that the other serves", async ({
  page,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper, { shop: visitedShop });
  await page.waitForResponse(/\/status$/);
  const { notification } = await simulator.payAtTill(code);
  expect(notification).toMatchObject({ url: notifiedShop + namedNotificationPath });
  expect(notification.attempts.map(({ status }) => status)).toEqual([200]);
  await expectPaidAtOnce(page);
  for (const shop of [visitedShop, notifiedShop])
    expect(await statusOf(page, orderId, shop)).toMatchObject({ status: "paid", underReview: false });
});

test("two phones served by different processes both turn paid", async ({
  page,
  openPhone,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper, { shop: visitedShop });
  const relative = await openPhone();
  await relative.goto(`${notifiedShop}/pay/${orderId}`);
  expect(await shownCode(relative)).toBe(code);
  await Promise.all([page.waitForResponse(/\/status$/), relative.waitForResponse(/\/status$/)]);
  await simulator.payAtTill(code);
  await Promise.all([expectPaidAtOnce(page), expectPaidAtOnce(relative)]);
});

test("a crowd of the same notification at both processes is one payment", async ({
  page,
  shopper,
  simulator,
}) => {
  const { orderId, code } = await getCode(page, shopper, { shop: visitedShop });
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
  const crowds = await Promise.all([at(visitedShop), at(notifiedShop)]);
  expect([...notification.attempts, ...crowds.flat()].map(({ status }) => status)).toEqual(
    Array.from({ length: 21 }, () => 200),
  );
  await expect(inState(page, "paid")).toBeVisible();
  expect(await statusOf(page, orderId, visitedShop)).toMatchObject({ status: "paid", underReview: false });
});
