import type { Page } from "@playwright/test";

/** Pages of the PDF: each is one object of the type Page. */
export async function countPrinted(page: Page): Promise<number> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  return pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}
