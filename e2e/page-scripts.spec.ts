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
  const looks: string[] = [];
  await page.exposeFunction("noteLook", (address: string) => looks.push(address));
  await page.addInitScript(() => {
    const storage = window.sessionStorage;
    const get = () => {
      (window as unknown as { noteLook: (address: string) => void }).noteLook(location.href);
      return storage;
    };
    Object.defineProperty(window, "sessionStorage", { get });
  });
  const open = async (load: () => Promise<unknown>) => {
    const answered = page.waitForResponse(/\/status$/);
    await load();
    await answered;
  };
  await open(() => page.goto(`/pay/${orderId}`));
  expect(looks).toEqual([]);
  // It may be loaded again after a deployment, with what was typed.
  await open(() => page.reload());
  expect(looks).not.toEqual([]);
});
