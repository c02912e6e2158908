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
