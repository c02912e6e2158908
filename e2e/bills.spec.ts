import { randomInt } from "node:crypto";
import { expectAccessible } from "./accessibility";
import { desktop, signIn } from "./dashboard";
import { expect, test } from "./fixtures";
import { toRows, toWorkbook } from "../test/harness/xlsx-file";

const bin = "889651";
const createRandomCode = () => `${bin}${randomInt(10 ** 9, 10 ** 10)}`;
const table = (...lines: string[]) => ({
  name: "bills.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(["code;amount;description;name;valid_until", ...lines].join("\r\n")),
});

test.use(desktop);

test("a CSV file with invalid rows names the cells to correct and imports nothing; the corrected file is imported", async ({
  page,
  shopper,
}) => {
  const [one, other] = [createRandomCode(), createRandomCode()];
  await signIn(page);
  await page.getByRole("link", { name: "Tagihan inquiry langsung" }).click();
  await expect(page.getByRole("heading", { name: "Tagihan inquiry langsung", level: 1 })).toBeVisible();
  await expectAccessible(page);

  const file = page.getByLabel("Berkas Excel atau CSV");
  const send = page.getByRole("button", { name: "Impor", exact: true });
  await file.setInputFiles(
    table(`${one};150.000;Iuran;${shopper.name};31/12/2099`, `123;x;Iuran;;31/12/2099`),
  );
  await send.click();
  await expect(page.getByText("Tidak ada yang diimpor. Yang perlu diperbaiki: 3.")).toBeVisible();
  const faults = page.getByRole("region", { name: "Yang perlu diperbaiki" }).locator("tbody tr");
  await expect(faults).toContainText(["Belum diisi", "Bukan rupiah bulat", "Tidak diawali BIN kita"]);
  await expectAccessible(page);

  await file.setInputFiles(
    table(
      `${one};150.000;Iuran;${shopper.name};31/12/2099`,
      `${other};Rp 75.000;Iuran;${shopper.name};31/12/2099`,
    ),
  );
  await send.click();
  await expect(page.getByText("2 tagihan dibuat.")).toBeVisible();
  await page.getByRole("link", { name: "Lihat daftar" }).click();
  const groups = one.replaceAll(/(\d{4})(?=\d)/g, "$1 ");
  const row = page.getByRole("listitem").filter({ hasText: groups });
  await expect(row).toContainText("Rp150.000");
  await expect(row).toContainText("Belum pernah ditanyakan");

  await page.getByRole("link", { name: "Lunas" }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole("link", { name: "Terbuka" }).click();
  await row.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText(groups).first()).toBeVisible();
});

test("a file that is sent before the page's scripts have run is imported once they have", async ({
  page,
  shopper,
}) => {
  await signIn(page);
  let letScriptsRun = () => {};
  const isSent = new Promise<void>((done) => (letScriptsRun = done));
  await page.route("**/_next/static/**/*.js", async (route) => {
    await isSent;
    await route.continue();
  });
  await page.goto("/dashboard/bills", { waitUntil: "commit" });
  await page
    .getByLabel("Berkas Excel atau CSV")
    .setInputFiles(table(`${createRandomCode()};150.000;Iuran;${shopper.name};31/12/2099`));
  await page.getByRole("button", { name: "Impor", exact: true }).click({ noWaitAfter: true });
  letScriptsRun();
  await expect(page.getByText("1 tagihan dibuat.")).toBeVisible();
});

test("a workbook of Excel is imported, and one with a code as a number says where", async ({
  page,
  shopper,
}) => {
  const name = "bills.xlsx";
  const mimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  const code = createRandomCode();
  const head = ["code", "amount", "description", "name", "valid_until"];
  await signIn(page);
  await page.goto("/dashboard/bills");
  const file = page.getByLabel("Berkas Excel atau CSV");
  const send = page.getByRole("button", { name: "Impor", exact: true });
  const broken = `${toRows([head])}<row><c><v>${code}</v></c></row>`;
  await file.setInputFiles({ name, mimeType, buffer: Buffer.from(toWorkbook(broken)) });
  await send.click();
  await expect(page.getByText(`Baris 2, kolom code: ${code} adalah angka yang lebih panjang`)).toBeVisible();
  await expectAccessible(page);

  const rows = toRows([head, [code, "150000", "Iuran", shopper.name, "31/12/2099"]]);
  await file.setInputFiles({ name, mimeType, buffer: Buffer.from(toWorkbook(rows)) });
  await send.click();
  await expect(page.getByText("1 tagihan dibuat.")).toBeVisible();
  await page.getByRole("link", { name: "Lihat daftar" }).click();
  const groups = code.replaceAll(/(\d{4})(?=\d)/g, "$1 ");
  await expect(page.getByRole("listitem").filter({ hasText: groups })).toContainText("Rp150.000");
});

test("rejects an import of bills without a session or from another site", async ({ page, request }) => {
  await page.goto("/dashboard/bills");
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fdashboard%2Fbills/);
  const send = (headers: Record<string, string>) =>
    request.post("/api/dashboard/bills", { headers: { "content-type": "text/csv", ...headers }, data: "x" });
  expect((await send({ origin: new URL(page.url()).origin })).status()).toBe(401);
  await signIn(page);
  const status = await page.evaluate(async () => {
    const sent = await fetch("/api/dashboard/bills", { method: "POST", body: "" });
    return sent.status;
  });
  expect(status).toBe(200);
  expect(
    (
      await page.request.post("/api/dashboard/bills", { headers: { origin: "https://evil.example" } })
    ).status(),
  ).toBe(401);
});
