import getPort from "get-port";
import type { ApiDocument } from "../test/contract/api-contract";
import { waitUntilAnswering } from "../test/harness/processes";
import { expectAccessible } from "./accessibility";
import { listExamples, runShell, startExample } from "./api-examples";
import { makeKey } from "./api-key";
import { desktop, signIn } from "./dashboard";
import { expect, test } from "./fixtures";
import { expectPaidAtOnce, fillForCounter, shownCode, submitButton } from "./shopping";

const pages = ["/docs", "/docs/problems"];

test("the documentation is readable on a phone, in both themes", async ({ page }) => {
  const parts = ["createCheckoutSession", "CheckoutSession"].map((id) => `[aria-labelledby="${id}"]`);
  for (const [path, within] of [
    ["/docs/problems", []],
    ["/docs", ["header", ...parts]],
  ] as const) {
    await page.goto(path);
    await expect(page.getByText("hanya tersedia dalam bahasa Inggris")).toBeVisible();
    await expectAccessible(page, within);
    const contents = page.locator("details a").first();
    await expect(contents).toBeHidden();
    await page.getByText("Contents", { exact: true }).first().click();
    await expect(contents).toBeVisible();
  }
});

test("the reference names every call, member and problem of the document", async ({ page, request }) => {
  const { paths, components }: ApiDocument = await (await request.get("/api/v1/openapi.json")).json();
  await page.goto("/docs");
  const main = page.getByRole("main");
  for (const [path, methods] of Object.entries(paths))
    for (const [method, { operationId, summary, responses }] of Object.entries(methods)) {
      const call = main.getByRole("region", { name: summary.replaceAll("`", ""), exact: true });
      await expect(call, operationId).toContainText(`${method.toUpperCase()}${path}`);
      await expect(call, operationId).toContainText(Object.keys(responses)[0] ?? "");
    }
  const text = await main.innerText();
  const names = Object.values(components.schemas).flatMap(({ properties = {} }) => Object.keys(properties));
  const codes = components.schemas["Problem"]?.properties?.["code"]?.enum ?? [];
  expect(names.length).toBeGreaterThan(40);
  expect([...names, ...codes].filter((name) => !text.includes(String(name)))).toEqual([]);
});

test("every link of the documentation leads somewhere, and every problem has a section", async ({
  page,
  request,
}) => {
  const { components }: ApiDocument = await (await request.get("/api/v1/openapi.json")).json();
  const codes = components.schemas["Problem"]?.properties?.["code"]?.enum ?? [];
  const anchors = new Map<string, string[]>();
  const links: string[] = [];
  for (const path of pages) {
    await page.goto(path);
    const ids = await page.locator("main [id]").evaluateAll((all) => all.map(({ id }) => id));
    expect(new Set(ids).size, path).toBe(ids.length);
    anchors.set(path, ids);
    const found = await page
      .locator("main a")
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    links.push(...found);
  }
  expect(codes.length).toBeGreaterThan(20);
  expect(anchors.get("/docs/problems")).toEqual(expect.arrayContaining(codes));
  const leadsNowhere = [...new Set(links)].filter((link) => {
    const { pathname, hash } = new URL(link);
    return hash !== "" && !anchors.get(pathname)?.includes(hash.slice(1));
  });
  expect(leadsNowhere).toEqual([]);
});

test("a problem leads to its explanation", async ({ page, request }) => {
  const answer = await request.post("/api/v1/payments", { data: {} });
  const { type, code } = await answer.json();
  expect(code).toBe("missing_key");
  await page.goto(type);
  await expect(page.getByRole("region", { name: "missing_key" })).toBeInViewport();
  await expect(page.getByRole("region", { name: "missing_key" })).toContainText("What to do:");
});

test("the examples of docs/api.md work as they are printed", async ({
  page,
  openPage,
  shopper,
  shops,
  simulator,
  unexpectedOutput,
}) => {
  unexpectedOutput.expect(/api_key_created|favicon/);
  const office = await openPage(desktop);
  await signIn(office);
  const { authorization } = await makeKey(office, "Contoh");
  const KEY = authorization.replace("Bearer ", "");

  await test.step("curl", async () => {
    const commands = listExamples("sh").filter((code) => code.startsWith("curl"));
    expect(commands).toHaveLength(4);
    const [create = "", get = "", pay = "", link = ""] = commands;
    const session = JSON.parse(await runShell(create, { SHOP: shops.shop, KEY }));
    expect(session).toMatchObject({ object: "checkout_session", reference: "1042", amount: 92_000 });
    const again = JSON.parse(await runShell(get, { SHOP: shops.shop, KEY, ID: session.id }));
    expect(again).toMatchObject({ id: session.id, status: "open" });
    const payment = JSON.parse(await runShell(pay, { SHOP: shops.shop, KEY }));
    expect(payment).toMatchObject({
      status: "awaiting_payment",
      payment_code: expect.stringMatching(/^\d+$/),
    });
    const made = JSON.parse(await runShell(link, { SHOP: shops.shop, KEY }));
    expect(made).toMatchObject({ object: "payment_link", stock: 10, state: "open" });
  });

  await test.step("TypeScript", async () => {
    const [program = "", ...others] = listExamples("ts");
    expect(others).toEqual([]);
    const PORT = String(await getPort());
    const webShop = `http://localhost:${PORT}`;
    const { child, stop } = startExample(program, { SHOP: shops.shop, KEY, PORT });
    await waitUntilAnswering(`${webShop}/buy`, child);
    await page.goto(`${webShop}/buy`);
    await expect(page).toHaveURL(new RegExp(`^${shops.shop}/checkout/`));
    await fillForCounter(page, "Alfamart", shopper);
    await submitButton(page).click();
    await simulator.payAtTill(await shownCode(page));
    await expectPaidAtOnce(page);
    await page.goto(`${webShop}/orders/1043`);
    await expect(page.getByText("paid", { exact: true })).toBeVisible();
    await stop();
    expect(child.output()).toBe("");
  });
});
