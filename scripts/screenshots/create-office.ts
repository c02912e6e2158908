// What staff make in the dashboard besides codes: a payment link and a webhook endpoint.
import type { Page } from "@playwright/test";
import type { Session, Stage } from "./actions";

export type Office = {
  /** The path of the link's page for buyers. */
  linkForBuyers: string;
  /** The paths of the pages in the dashboard. */
  link: string;
  endpoint: string;
};

export async function prepareOffice({ browser, app }: Stage, session: Session): Promise<Office> {
  const context = await browser.newContext({ storageState: session, locale: "id-ID" });
  const page = await context.newPage();
  try {
    return { ...(await createLink(page, app.url)), endpoint: await createEndpoint(page, app.url) };
  } finally {
    await context.close();
  }
}

async function createLink(page: Page, shop: string): Promise<Pick<Office, "link" | "linkForBuyers">> {
  await page.goto(`${shop}/dashboard/links/new`);
  await page.locator("label[for=price-open]").click();
  const texts = {
    title: "Donasi dapur umum",
    description: "Untuk warga yang terdampak banjir di Semarang.",
    thanks: "Terima kasih. Kabarnya ada di grup warga.",
    minAmount: "20.000",
    maxAmount: "500.000",
  };
  for (const [name, text] of Object.entries(texts)) await page.locator(`#${name}`).fill(text);
  await page.locator("#note").selectOption("optional");
  await page.locator('main form button[type="submit"]').last().click();
  await page.waitForURL(/\/dashboard\/links\/(?!new)/);
  const address = await page.getByText(/\/l\/[a-z0-9-]+$/).textContent();
  return { link: new URL(page.url()).pathname, linkForBuyers: new URL(address ?? "").pathname };
}

async function createEndpoint(page: Page, shop: string): Promise<string> {
  await page.goto(`${shop}/dashboard/webhooks`);
  await page.locator("#url").fill("http://localhost:9/hooks/kode-bayar");
  await page.locator("#description").fill("Gudang");
  await page.locator('main form:has(#url) button[type="submit"]').click();
  await page.waitForURL(/\/dashboard\/webhooks\/./);
  return new URL(page.url()).pathname;
}
