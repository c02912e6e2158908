import { expect, test } from "./fixtures";
import { getCode } from "./shopping";

test("every script of a payment page asks to be compiled while it loads", async ({ page, shopper }) => {
  const scripts: Promise<string>[] = [];
  page.on("response", (answer) => {
    if (answer.request().resourceType() === "script") scripts.push(answer.text());
  });
  await getCode(page, shopper);
  await page.reload();
  const begins = (await Promise.all(scripts)).map((script) => script.slice(0, 28));
  expect(begins.length).toBeGreaterThan(5);
  expect([...new Set(begins)]).toEqual(["//# allFunctionsCalledOnLoad"]);
});

test("a page that was just opened looks into no storage, which waits for the disk", async ({
  page,
  shopper,
}) => {
  const { orderId } = await getCode(page, shopper);
  await page.addInitScript(() => {
    const storage = window.sessionStorage;
    const get = () => {
      document.documentElement.dataset.looks = "true";
      return storage;
    };
    Object.defineProperty(window, "sessionStorage", { get });
  });
  const html = page.locator("html");
  await page.goto(`/pay/${orderId}`);
  // Requests of the document before this one may still end; these are its own, once they were answered.
  await page.waitForFunction(() =>
    performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/status")),
  );
  await expect(html).not.toHaveAttribute("data-looks");
  // It may be loaded again after a deployment, with what was typed.
  await page.reload();
  await expect(html).toHaveAttribute("data-looks");
});
